//===- Operators.cpp - The operators of every family ----------------------===//

#include "GraphImporter.h"

using namespace tenon;
using namespace tenon::onnx_import;

static OperatorTable makeTable() {
  OperatorTable table;
  addConstants(table);
  addShapes(table);
  addElementwise(table);
  return table;
}

const OperatorTable &onnx_import::operatorTable() {
  static const OperatorTable table = makeTable();
  return table;
}
