//===- Preparation.cpp - Programs that prepare the same weights -----------===//

#include "tenon/Runtime/Program.h"

#include <algorithm>

using namespace tenon;

static bool areAlike(const WeightSpec &a, const WeightSpec &b) {
  return a.file == b.file && a.tensor == b.tensor && a.offset == b.offset &&
         a.bytes == b.bytes && a.alignment == b.alignment;
}

/// Whether two references, valid in their programs, see the same bytes or the
/// same place.
static bool areAlike(const Program &a, const BufferRef &of, const Program &b,
                     const BufferRef &other) {
  if (of.space != other.space || of.bytes != other.bytes)
    return false;
  if (of.space == BufferRef::Space::Constant)
    return std::equal(a.constants.begin() + of.offset,
                      a.constants.begin() + of.offset + of.bytes,
                      b.constants.begin() + other.offset);
  if (of.offset != other.offset)
    return false;
  if (of.space == BufferRef::Space::Weight)
    return areAlike(a.weights[of.index], b.weights[other.index]);
  return of.index == other.index;
}

static bool areAlike(const Program &a, const Launch &of, const Program &b,
                     const Launch &other) {
  bool isCopy = of.kernel == Launch::copy;
  if (isCopy != (other.kernel == Launch::copy) || of.extent != other.extent ||
      of.bytes != other.bytes)
    return false;
  if (!isCopy && a.kernels[of.kernel] != b.kernels[other.kernel])
    return false;
  return std::equal(of.buffers.begin(), of.buffers.end(), other.buffers.begin(),
                    other.buffers.end(),
                    [&](const BufferRef &x, const BufferRef &y) {
                      return areAlike(a, x, b, y);
                    });
}

bool tenon::preparesAlike(const Program &a, const Program &b) {
  return a.preparedBytes == b.preparedBytes &&
         std::equal(a.prepare.launches.begin(), a.prepare.launches.end(),
                    b.prepare.launches.begin(), b.prepare.launches.end(),
                    [&](const Launch &x, const Launch &y) {
                      return areAlike(a, x, b, y);
                    });
}
