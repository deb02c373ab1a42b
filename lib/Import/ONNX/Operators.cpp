//===- Operators.cpp - The operators of every family ----------------------===//

#include "GraphImporter.h"

using namespace tenon;
using namespace tenon::onnx_import;

static OperatorTable makeTable() {
  OperatorTable table;
  addConstants(table);
  addShapes(table);
  addElementwise(table);
  addActivations(table);
  addCasts(table);
  addIndexing(table);
  addReductions(table);
  addControlFlow(table);
  addLosses(table);
  addLinear(table);
  addNorms(table);
  addAttention(table);
  addConvolutions(table);
  addPooling(table);
  addResampling(table);
  addRecurrent(table);
  addSignal(table);
  return table;
}

const OperatorTable &onnx_import::operatorTable() {
  static const OperatorTable table = makeTable();
  return table;
}
