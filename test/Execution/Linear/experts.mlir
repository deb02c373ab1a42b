// Tiles of one expert each, of one row or several, tiles left over, experts that nobody chose.
// RUN: tenon-run %s --inputs %p/Inputs/experts.inputs.safetensors \
// RUN:   --expect %p/Inputs/experts.expected.safetensors --rtol 1e-05 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<1x3xi64> {tenon.name = "x0", tenon.dtype = "int64"},
    %x1: tensor<1x12xf32> {tenon.name = "x1", tenon.dtype = "float32"},
    %x2: tensor<8x20x12xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<5x2xi64> {tenon.name = "x3", tenon.dtype = "int64"},
    %x4: tensor<5x32xf32> {tenon.name = "x4", tenon.dtype = "float32"},
    %x5: tensor<4x3x32x16xf32> {tenon.name = "x5", tenon.dtype = "float32"},
    %x6: tensor<40x3xi64> {tenon.name = "x6", tenon.dtype = "int64"},
    %x7: tensor<40x24xf32> {tenon.name = "x7", tenon.dtype = "float32"},
    %x8: tensor<6x4x24x8xf32> {tenon.name = "x8", tenon.dtype = "float32"},
    %x9: tensor<33x2xi64> {tenon.name = "x9", tenon.dtype = "int64"},
    %x10: tensor<33x8xf32> {tenon.name = "x10", tenon.dtype = "float32"},
    %x11: tensor<64x10x8x16xf32> {tenon.name = "x11", tenon.dtype = "float32"},
    %x12: tensor<6x2xi64> {tenon.name = "x12", tenon.dtype = "int64"},
    %x13: tensor<6x10xf32> {tenon.name = "x13", tenon.dtype = "float32"},
    %x14: tensor<5x9x10xf32> {tenon.name = "x14", tenon.dtype = "float32"},
    %x15: tensor<4x2xi64> {tenon.name = "x15", tenon.dtype = "int64"},
    %x16: tensor<4x7xf32> {tenon.name = "x16", tenon.dtype = "float32"},
    %x17: tensor<3x130x7xf32> {tenon.name = "x17", tenon.dtype = "float32"})
    -> (
    tensor<3xi64> {tenon.name = "y0", tenon.dtype = "int64"},
    tensor<3xi64> {tenon.name = "y1", tenon.dtype = "int64"},
    tensor<1x3xi64> {tenon.name = "y2", tenon.dtype = "int64"},
    tensor<3x12xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<3x20xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<14xi64> {tenon.name = "y5", tenon.dtype = "int64"},
    tensor<7xi64> {tenon.name = "y6", tenon.dtype = "int64"},
    tensor<5x2xi64> {tenon.name = "y7", tenon.dtype = "int64"},
    tensor<14x32xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<14x48xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<208xi64> {tenon.name = "y10", tenon.dtype = "int64"},
    tensor<13xi64> {tenon.name = "y11", tenon.dtype = "int64"},
    tensor<40x3xi64> {tenon.name = "y12", tenon.dtype = "int64"},
    tensor<208x24xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<208x32xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<256xi64> {tenon.name = "y15", tenon.dtype = "int64"},
    tensor<64xi64> {tenon.name = "y16", tenon.dtype = "int64"},
    tensor<33x2xi64> {tenon.name = "y17", tenon.dtype = "int64"},
    tensor<256x8xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<256x160xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<24xi64> {tenon.name = "y20", tenon.dtype = "int64"},
    tensor<6xi64> {tenon.name = "y21", tenon.dtype = "int64"},
    tensor<6x2xi64> {tenon.name = "y22", tenon.dtype = "int64"},
    tensor<24x10xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<24x9xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<10xi64> {tenon.name = "y25", tenon.dtype = "int64"},
    tensor<5xi64> {tenon.name = "y26", tenon.dtype = "int64"},
    tensor<4x2xi64> {tenon.name = "y27", tenon.dtype = "int64"},
    tensor<10x7xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<10x130xf32> {tenon.name = "y29", tenon.dtype = "float32"}) {
  %y0, %y1, %y2 = tenon.group_rows %x0 experts 8 tile 1 : tensor<1x3xi64> -> tensor<3xi64>, tensor<3xi64>, tensor<1x3xi64>
  %y3 = tenon.gather %x1, %y0 axis 0 : (tensor<1x12xf32>, tensor<3xi64>) -> tensor<3x12xf32>
  %y4 = tenon.grouped_linear %y3, %x2 of %y1 : (tensor<3x12xf32>, tensor<8x20x12xf32>, tensor<3xi64>) -> tensor<3x20xf32>
  %y5, %y6, %y7 = tenon.group_rows %x3 experts 4 tile 2 : tensor<5x2xi64> -> tensor<14xi64>, tensor<7xi64>, tensor<5x2xi64>
  %y8 = tenon.gather %x4, %y5 axis 0 : (tensor<5x32xf32>, tensor<14xi64>) -> tensor<14x32xf32>
  %y9 = tenon.grouped_linear %y8, %x5 of %y6 : (tensor<14x32xf32>, tensor<4x3x32x16xf32>, tensor<7xi64>) -> tensor<14x48xf32>
  %y10, %y11, %y12 = tenon.group_rows %x6 experts 6 tile 16 : tensor<40x3xi64> -> tensor<208xi64>, tensor<13xi64>, tensor<40x3xi64>
  %y13 = tenon.gather %x7, %y10 axis 0 : (tensor<40x24xf32>, tensor<208xi64>) -> tensor<208x24xf32>
  %y14 = tenon.grouped_linear %y13, %x8 of %y11 : (tensor<208x24xf32>, tensor<6x4x24x8xf32>, tensor<13xi64>) -> tensor<208x32xf32>
  %y15, %y16, %y17 = tenon.group_rows %x9 experts 64 tile 4 : tensor<33x2xi64> -> tensor<256xi64>, tensor<64xi64>, tensor<33x2xi64>
  %y18 = tenon.gather %x10, %y15 axis 0 : (tensor<33x8xf32>, tensor<256xi64>) -> tensor<256x8xf32>
  %y19 = tenon.grouped_linear %y18, %x11 of %y16 : (tensor<256x8xf32>, tensor<64x10x8x16xf32>, tensor<64xi64>) -> tensor<256x160xf32>
  %y20, %y21, %y22 = tenon.group_rows %x12 experts 5 tile 4 : tensor<6x2xi64> -> tensor<24xi64>, tensor<6xi64>, tensor<6x2xi64>
  %y23 = tenon.gather %x13, %y20 axis 0 : (tensor<6x10xf32>, tensor<24xi64>) -> tensor<24x10xf32>
  %y24 = tenon.grouped_linear %y23, %x14 of %y21 : (tensor<24x10xf32>, tensor<5x9x10xf32>, tensor<6xi64>) -> tensor<24x9xf32>
  %y25, %y26, %y27 = tenon.group_rows %x15 experts 3 tile 2 : tensor<4x2xi64> -> tensor<10xi64>, tensor<5xi64>, tensor<4x2xi64>
  %y28 = tenon.gather %x16, %y25 axis 0 : (tensor<4x7xf32>, tensor<10xi64>) -> tensor<10x7xf32>
  %y29 = tenon.grouped_linear %y28, %x17 of %y26 : (tensor<10x7xf32>, tensor<3x130x7xf32>, tensor<5xi64>) -> tensor<10x130xf32>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29 : tensor<3xi64>, tensor<3xi64>, tensor<1x3xi64>, tensor<3x12xf32>, tensor<3x20xf32>, tensor<14xi64>, tensor<7xi64>, tensor<5x2xi64>, tensor<14x32xf32>, tensor<14x48xf32>, tensor<208xi64>, tensor<13xi64>, tensor<40x3xi64>, tensor<208x24xf32>, tensor<208x32xf32>, tensor<256xi64>, tensor<64xi64>, tensor<33x2xi64>, tensor<256x8xf32>, tensor<256x160xf32>, tensor<24xi64>, tensor<6xi64>, tensor<6x2xi64>, tensor<24x10xf32>, tensor<24x9xf32>, tensor<10xi64>, tensor<5xi64>, tensor<4x2xi64>, tensor<10x7xf32>, tensor<10x130xf32>
}
