// Long enough for tiles: some of which see one input only, some a border, some several.
// RUN: tenon-run %s --inputs %p/Inputs/joins-in-tiles.inputs.safetensors \
// RUN:   --expect %p/Inputs/joins-in-tiles.expected.safetensors --rtol 1e-05 --atol 1e-06
// Made by make_grid.py.

func.func @step(
    %x0: tensor<190x190xi8> {tenon.name = "x0", tenon.dtype = "int8"},
    %x1: tensor<1x8x90x50xi8> {tenon.name = "x1", tenon.dtype = "int8"},
    %x2: tensor<20x30x30xi8> {tenon.name = "x2", tenon.dtype = "int8"},
    %x3: tensor<100x150xi8> {tenon.name = "x3", tenon.dtype = "int8"},
    %x4: tensor<1x150xi8> {tenon.name = "x4", tenon.dtype = "int8"},
    %x5: tensor<37x150xi8> {tenon.name = "x5", tenon.dtype = "int8"},
    %x6: tensor<152x150xi8> {tenon.name = "x6", tenon.dtype = "int8"},
    %x7: tensor<9x80x60xi8> {tenon.name = "x7", tenon.dtype = "int8"},
    %x8: tensor<9x3x60xi8> {tenon.name = "x8", tenon.dtype = "int8"},
    %x9: tensor<9x10x60xi8> {tenon.name = "x9", tenon.dtype = "int8"},
    %x10: tensor<1x1x33000xi8> {tenon.name = "x10", tenon.dtype = "int8"},
    %x11: tensor<1x1x31xi8> {tenon.name = "x11", tenon.dtype = "int8"},
    %x12: tensor<1x1x17000xi8> {tenon.name = "x12", tenon.dtype = "int8"})
    -> (
    tensor<200x200xi8> {tenon.name = "y0", tenon.dtype = "int8"},
    tensor<1x8x97x51xi8> {tenon.name = "y1", tenon.dtype = "int8"},
    tensor<43x34x30xi8> {tenon.name = "y2", tenon.dtype = "int8"},
    tensor<290x150xi8> {tenon.name = "y3", tenon.dtype = "int8"},
    tensor<9x93x60xi8> {tenon.name = "y4", tenon.dtype = "int8"},
    tensor<1x1x50031xi8> {tenon.name = "y5", tenon.dtype = "int8"}) {
  %y0 = tenon.pad %x0 low [3, 5] high [7, 5] : (tensor<190x190xi8>) -> tensor<200x200xi8>
  %y1 = tenon.pad %x1 low [0, 0, 2, 0] high [0, 0, 5, 1] : (tensor<1x8x90x50xi8>) -> tensor<1x8x97x51xi8>
  %y2 = tenon.pad %x2 low [21, 1, 0] high [2, 3, 0] : (tensor<20x30x30xi8>) -> tensor<43x34x30xi8>
  %y3 = tenon.concat %x3, %x4, %x5, %x6 axis 0 : (tensor<100x150xi8>, tensor<1x150xi8>, tensor<37x150xi8>, tensor<152x150xi8>) -> tensor<290x150xi8>
  %y4 = tenon.concat %x7, %x8, %x9 axis 1 : (tensor<9x80x60xi8>, tensor<9x3x60xi8>, tensor<9x10x60xi8>) -> tensor<9x93x60xi8>
  %y5 = tenon.concat %x10, %x11, %x12 axis 2 : (tensor<1x1x33000xi8>, tensor<1x1x31xi8>, tensor<1x1x17000xi8>) -> tensor<1x1x50031xi8>
  return %y0, %y1, %y2, %y3, %y4, %y5 : tensor<200x200xi8>, tensor<1x8x97x51xi8>, tensor<43x34x30xi8>, tensor<290x150xi8>, tensor<9x93x60xi8>, tensor<1x1x50031xi8>
}
