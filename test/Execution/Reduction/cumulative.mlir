// Running sums and products, with and without the own element, from either end.
// RUN: tenon-run %s --inputs %p/Inputs/cumulative.inputs.safetensors \
// RUN:   --expect %p/Inputs/cumulative.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<6xi32> {tenon.name = "x1", tenon.dtype = "int32"},
    %x2: tensor<2x1xf32> {tenon.name = "x2", tenon.dtype = "float32"},
    %x3: tensor<3000xf16> {tenon.name = "x3", tenon.dtype = "float16"},
    %x4: tensor<2x3xf64> {tenon.name = "x4", tenon.dtype = "float64"})
    -> (
    tensor<3x4x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<6xi32> {tenon.name = "y24", tenon.dtype = "int32"},
    tensor<6xi32> {tenon.name = "y25", tenon.dtype = "int32"},
    tensor<6xi32> {tenon.name = "y26", tenon.dtype = "int32"},
    tensor<6xi32> {tenon.name = "y27", tenon.dtype = "int32"},
    tensor<6xi32> {tenon.name = "y28", tenon.dtype = "int32"},
    tensor<6xi32> {tenon.name = "y29", tenon.dtype = "int32"},
    tensor<6xi32> {tenon.name = "y30", tenon.dtype = "int32"},
    tensor<6xi32> {tenon.name = "y31", tenon.dtype = "int32"},
    tensor<2x1xf32> {tenon.name = "y32", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y33", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y34", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y35", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y36", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y37", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y38", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y39", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y40", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y41", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y42", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y43", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y44", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y45", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y46", tenon.dtype = "float32"},
    tensor<2x1xf32> {tenon.name = "y47", tenon.dtype = "float32"},
    tensor<3000xf16> {tenon.name = "y48", tenon.dtype = "float16"},
    tensor<2x3xf64> {tenon.name = "y49", tenon.dtype = "float64"}) {
  %y0 = tenon.cumulative sum %x0 axis 0 : tensor<3x4x5xf32>
  %y1 = tenon.cumulative sum %x0 axis 0 {reverse} : tensor<3x4x5xf32>
  %y2 = tenon.cumulative sum %x0 axis 0 {exclusive} : tensor<3x4x5xf32>
  %y3 = tenon.cumulative sum %x0 axis 0 {exclusive, reverse} : tensor<3x4x5xf32>
  %y4 = tenon.cumulative prod %x0 axis 0 : tensor<3x4x5xf32>
  %y5 = tenon.cumulative prod %x0 axis 0 {reverse} : tensor<3x4x5xf32>
  %y6 = tenon.cumulative prod %x0 axis 0 {exclusive} : tensor<3x4x5xf32>
  %y7 = tenon.cumulative prod %x0 axis 0 {exclusive, reverse} : tensor<3x4x5xf32>
  %y8 = tenon.cumulative sum %x0 axis 1 : tensor<3x4x5xf32>
  %y9 = tenon.cumulative sum %x0 axis 1 {reverse} : tensor<3x4x5xf32>
  %y10 = tenon.cumulative sum %x0 axis 1 {exclusive} : tensor<3x4x5xf32>
  %y11 = tenon.cumulative sum %x0 axis 1 {exclusive, reverse} : tensor<3x4x5xf32>
  %y12 = tenon.cumulative prod %x0 axis 1 : tensor<3x4x5xf32>
  %y13 = tenon.cumulative prod %x0 axis 1 {reverse} : tensor<3x4x5xf32>
  %y14 = tenon.cumulative prod %x0 axis 1 {exclusive} : tensor<3x4x5xf32>
  %y15 = tenon.cumulative prod %x0 axis 1 {exclusive, reverse} : tensor<3x4x5xf32>
  %y16 = tenon.cumulative sum %x0 axis 2 : tensor<3x4x5xf32>
  %y17 = tenon.cumulative sum %x0 axis 2 {reverse} : tensor<3x4x5xf32>
  %y18 = tenon.cumulative sum %x0 axis 2 {exclusive} : tensor<3x4x5xf32>
  %y19 = tenon.cumulative sum %x0 axis 2 {exclusive, reverse} : tensor<3x4x5xf32>
  %y20 = tenon.cumulative prod %x0 axis 2 : tensor<3x4x5xf32>
  %y21 = tenon.cumulative prod %x0 axis 2 {reverse} : tensor<3x4x5xf32>
  %y22 = tenon.cumulative prod %x0 axis 2 {exclusive} : tensor<3x4x5xf32>
  %y23 = tenon.cumulative prod %x0 axis 2 {exclusive, reverse} : tensor<3x4x5xf32>
  %y24 = tenon.cumulative sum %x1 axis 0 : tensor<6xi32>
  %y25 = tenon.cumulative sum %x1 axis 0 {reverse} : tensor<6xi32>
  %y26 = tenon.cumulative sum %x1 axis 0 {exclusive} : tensor<6xi32>
  %y27 = tenon.cumulative sum %x1 axis 0 {exclusive, reverse} : tensor<6xi32>
  %y28 = tenon.cumulative prod %x1 axis 0 : tensor<6xi32>
  %y29 = tenon.cumulative prod %x1 axis 0 {reverse} : tensor<6xi32>
  %y30 = tenon.cumulative prod %x1 axis 0 {exclusive} : tensor<6xi32>
  %y31 = tenon.cumulative prod %x1 axis 0 {exclusive, reverse} : tensor<6xi32>
  %y32 = tenon.cumulative sum %x2 axis 0 : tensor<2x1xf32>
  %y33 = tenon.cumulative sum %x2 axis 0 {reverse} : tensor<2x1xf32>
  %y34 = tenon.cumulative sum %x2 axis 0 {exclusive} : tensor<2x1xf32>
  %y35 = tenon.cumulative sum %x2 axis 0 {exclusive, reverse} : tensor<2x1xf32>
  %y36 = tenon.cumulative prod %x2 axis 0 : tensor<2x1xf32>
  %y37 = tenon.cumulative prod %x2 axis 0 {reverse} : tensor<2x1xf32>
  %y38 = tenon.cumulative prod %x2 axis 0 {exclusive} : tensor<2x1xf32>
  %y39 = tenon.cumulative prod %x2 axis 0 {exclusive, reverse} : tensor<2x1xf32>
  %y40 = tenon.cumulative sum %x2 axis 1 : tensor<2x1xf32>
  %y41 = tenon.cumulative sum %x2 axis 1 {reverse} : tensor<2x1xf32>
  %y42 = tenon.cumulative sum %x2 axis 1 {exclusive} : tensor<2x1xf32>
  %y43 = tenon.cumulative sum %x2 axis 1 {exclusive, reverse} : tensor<2x1xf32>
  %y44 = tenon.cumulative prod %x2 axis 1 : tensor<2x1xf32>
  %y45 = tenon.cumulative prod %x2 axis 1 {reverse} : tensor<2x1xf32>
  %y46 = tenon.cumulative prod %x2 axis 1 {exclusive} : tensor<2x1xf32>
  %y47 = tenon.cumulative prod %x2 axis 1 {exclusive, reverse} : tensor<2x1xf32>
  %y48 = tenon.cumulative sum %x3 axis 0 : tensor<3000xf16>
  %y49 = tenon.cumulative sum %x4 axis 1 {reverse} : tensor<2x3xf64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40, %y41, %y42, %y43, %y44, %y45, %y46, %y47, %y48, %y49 : tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<6xi32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>, tensor<3000xf16>, tensor<2x3xf64>
}
