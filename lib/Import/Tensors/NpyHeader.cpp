//===- NpyHeader.cpp - The dictionary in front of NumPy's arrays ----------===//

#include "NpyHeader.h"

#include <charconv>

using namespace tenon;

namespace {

/// Reads the part of Python's literals that headers are made of. Every step
/// says whether it succeeded.
class Scanner {
public:
  explicit Scanner(std::string_view text) : rest(text) {}

  bool accept(std::string_view token) {
    skipSpace();
    if (!rest.starts_with(token))
      return false;
    rest.remove_prefix(token.size());
    return true;
  }

  bool string(std::string &value) {
    skipSpace();
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"'))
      return false;
    size_t end = rest.find(rest[0], 1);
    if (end == std::string_view::npos)
      return false;
    value = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    return true;
  }

  bool boolean(bool &value) {
    if (accept("True"))
      value = true;
    else if (accept("False"))
      value = false;
    else
      return false;
    return true;
  }

  bool integer(int64_t &value) {
    skipSpace();
    auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc())
      return false;
    rest.remove_prefix(end - rest.data());
    // Python 2 wrote long integers with a suffix.
    accept("L");
    return true;
  }

  /// (), (3,), (3, 4)
  bool tuple(std::vector<int64_t> &values) {
    if (!accept("("))
      return false;
    while (!accept(")")) {
      int64_t value;
      if (!integer(value))
        return false;
      values.push_back(value);
      bool comma = accept(",");
      if (!comma && values.size() == 1)
        return false; // (3) is a number, not a tuple
      if (!comma)
        return accept(")");
    }
    return true;
  }

  bool atEnd() {
    skipSpace();
    return rest.empty();
  }

private:
  std::string_view rest;

  void skipSpace() {
    size_t first = rest.find_first_not_of(" \t\r\n");
    rest.remove_prefix(first == std::string_view::npos ? rest.size() : first);
  }
};

} // namespace

Result<NpyHeader> tenon::parseNpyHeader(std::string_view text) {
  Scanner scanner(text);
  NpyHeader header;
  bool hasDescr = false, hasOrder = false, hasShape = false;
  bool good = scanner.accept("{");
  while (good && !scanner.accept("}")) {
    std::string key;
    good = scanner.string(key) && scanner.accept(":");
    bool *seen = key == "descr"           ? &hasDescr
                 : key == "fortran_order" ? &hasOrder
                 : key == "shape"         ? &hasShape
                                          : nullptr;
    if (!good || !seen || *seen)
      return Error{"the header is damaged"};
    *seen = true;
    if (seen == &hasDescr && scanner.accept("["))
      return Error{"structured element types are not supported"};
    good = seen == &hasDescr   ? scanner.string(header.descr)
           : seen == &hasOrder ? scanner.boolean(header.fortranOrder)
                               : scanner.tuple(header.shape);
    if (good && !scanner.accept(",")) {
      good = scanner.accept("}");
      break;
    }
  }
  if (!good || !scanner.atEnd())
    return Error{"the header is damaged"};
  if (!hasDescr || !hasOrder || !hasShape)
    return Error{"the header lacks descr, fortran_order or shape"};
  return header;
}
