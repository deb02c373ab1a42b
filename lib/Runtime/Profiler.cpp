//===- Profiler.cpp - Time per kernel -------------------------------------===//

#include "tenon/Runtime/Profiler.h"
#include "tenon/Runtime/ReplaceFile.h"

#include <algorithm>
#include <cstdio>
#include <map>

using namespace tenon;

void Profiler::record(std::string_view kernel, std::string_view label,
                      Clock::time_point begin, Clock::time_point end) {
  spans.push_back({std::string(kernel), std::string(label), begin, end});
}

static double microseconds(Profiler::Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

/// The length of the UTF-8 sequence at the start of `text`; 0 where there is
/// none.
static size_t utf8Length(std::string_view text) {
  auto byteAt = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char lead = byteAt(0);
  size_t length = lead < 0x80                   ? 1
                  : lead >= 0xc2 && lead < 0xe0 ? 2
                  : lead >= 0xe0 && lead < 0xf0 ? 3
                  : lead >= 0xf0 && lead < 0xf5 ? 4
                                                : 0;
  if (length == 0 || length > text.size())
    return 0;
  for (size_t i = 1; i < length; ++i)
    if ((byteAt(i) & 0xc0) != 0x80)
      return 0;
  // Overlong forms, surrogates, and what lies past the last code point.
  if ((lead == 0xe0 && byteAt(1) < 0xa0) ||
      (lead == 0xed && byteAt(1) >= 0xa0) ||
      (lead == 0xf0 && byteAt(1) < 0x90) || (lead == 0xf4 && byteAt(1) >= 0x90))
    return 0;
  return length;
}

/// A JSON string. Node names are any bytes; those that are not UTF-8 are
/// written by number.
static std::string jsonString(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    size_t length = utf8Length(text);
    unsigned char first = static_cast<unsigned char>(text[0]);
    if (length == 0 || first < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", first);
      out += escape;
      length = 1;
    } else {
      if (first == '"' || first == '\\')
        out += '\\';
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out + '"';
}

Status Profiler::writeChromeTrace(const std::filesystem::path &path) const {
  std::string json = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
  const char *separator = "\n";
  for (const Span &span : spans) {
    char times[96];
    std::snprintf(times, sizeof times,
                  "\"ts\":%.3f,\"dur\":%.3f,\"pid\":1,\"tid\":1",
                  microseconds(span.begin - spans.front().begin),
                  microseconds(span.end - span.begin));
    json += separator;
    json +=
        "{\"ph\":\"X\",\"cat\":\"kernel\",\"name\":" + jsonString(span.kernel) +
        "," + times + ",\"args\":{\"node\":" + jsonString(span.label) + "}}";
    separator = ",\n";
  }
  json += "\n]}\n";
  return replaceFile(path, json);
}

std::string Profiler::summary() const {
  struct Row {
    std::string_view kernel;
    size_t calls = 0;
    double milliseconds = 0;
  };
  std::map<std::string_view, Row> byKernel;
  double total = 0;
  for (const Span &span : spans) {
    Row &row = byKernel[span.kernel];
    double milliseconds = microseconds(span.end - span.begin) / 1000;
    row.kernel = span.kernel;
    row.calls += 1;
    row.milliseconds += milliseconds;
    total += milliseconds;
  }
  std::vector<Row> rows;
  size_t width = std::string_view("kernel").size();
  for (const auto &[kernel, row] : byKernel) {
    rows.push_back(row);
    width = std::max(width, kernel.size());
  }
  std::ranges::sort(rows, std::greater(), [](const Row &row) {
    return std::pair(row.milliseconds, row.kernel);
  });

  std::string table = "kernel" + std::string(width - 6, ' ') +
                      "     calls    total ms   share\n";
  auto addRow = [&](std::string_view kernel, size_t calls,
                    double milliseconds) {
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, "%10zu %11.3f %6.1f%%\n", calls,
                  milliseconds, total > 0 ? 100 * milliseconds / total : 0.0);
    table += kernel;
    table += std::string(width - kernel.size(), ' ') + numbers;
  };
  for (const Row &row : rows)
    addRow(row.kernel, row.calls, row.milliseconds);
  addRow("total", spans.size(), total);
  return table;
}
