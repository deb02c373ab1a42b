// Every kind over one axis, several, all and none.
// RUN: tenon-run %s --inputs %p/Inputs/reduce-kinds.inputs.safetensors \
// RUN:   --expect %p/Inputs/reduce-kinds.expected.safetensors --rtol 0.0001 --atol 1e-05
// Made by make_nn.py.

func.func @step(
    %x0: tensor<3x4x5xf32> {tenon.name = "x0", tenon.dtype = "float32"},
    %x1: tensor<3x4xf64> {tenon.name = "x1", tenon.dtype = "float64"})
    -> (
    tensor<4x5xf32> {tenon.name = "y0", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y1", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y2", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y3", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y4", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y5", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y6", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y7", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y8", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y9", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y10", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y11", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y12", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y13", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y14", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y15", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y16", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y17", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y18", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y19", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y20", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y21", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y22", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y23", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y24", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y25", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y26", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y27", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y28", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y29", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y30", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y31", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y32", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y33", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y34", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y35", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y36", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y37", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y38", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y39", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y40", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y41", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y42", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y43", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y44", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y45", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y46", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y47", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y48", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y49", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y50", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y51", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y52", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y53", tenon.dtype = "float32"},
    tensor<4x5xf32> {tenon.name = "y54", tenon.dtype = "float32"},
    tensor<3x4xf32> {tenon.name = "y55", tenon.dtype = "float32"},
    tensor<4xf32> {tenon.name = "y56", tenon.dtype = "float32"},
    tensor<f32> {tenon.name = "y57", tenon.dtype = "float32"},
    tensor<3x4x5xf32> {tenon.name = "y58", tenon.dtype = "float32"},
    tensor<3x1x5xf32> {tenon.name = "y59", tenon.dtype = "float32"},
    tensor<3xf64> {tenon.name = "y60", tenon.dtype = "float64"}) {
  %y0 = tenon.reduce sum %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y1 = tenon.reduce sum %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y2 = tenon.reduce sum %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y3 = tenon.reduce sum %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y4 = tenon.reduce sum %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y5 = tenon.reduce sum %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y6 = tenon.reduce mean %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y7 = tenon.reduce mean %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y8 = tenon.reduce mean %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y9 = tenon.reduce mean %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y10 = tenon.reduce mean %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y11 = tenon.reduce mean %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y12 = tenon.reduce max %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y13 = tenon.reduce max %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y14 = tenon.reduce max %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y15 = tenon.reduce max %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y16 = tenon.reduce max %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y17 = tenon.reduce max %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y18 = tenon.reduce min %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y19 = tenon.reduce min %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y20 = tenon.reduce min %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y21 = tenon.reduce min %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y22 = tenon.reduce min %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y23 = tenon.reduce min %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y24 = tenon.reduce prod %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y25 = tenon.reduce prod %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y26 = tenon.reduce prod %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y27 = tenon.reduce prod %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y28 = tenon.reduce prod %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y29 = tenon.reduce prod %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y30 = tenon.reduce l1 %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y31 = tenon.reduce l1 %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y32 = tenon.reduce l1 %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y33 = tenon.reduce l1 %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y34 = tenon.reduce l1 %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y35 = tenon.reduce l1 %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y36 = tenon.reduce l2 %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y37 = tenon.reduce l2 %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y38 = tenon.reduce l2 %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y39 = tenon.reduce l2 %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y40 = tenon.reduce l2 %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y41 = tenon.reduce l2 %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y42 = tenon.reduce sum_square %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y43 = tenon.reduce sum_square %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y44 = tenon.reduce sum_square %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y45 = tenon.reduce sum_square %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y46 = tenon.reduce sum_square %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y47 = tenon.reduce sum_square %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y48 = tenon.reduce log_sum %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y49 = tenon.reduce log_sum %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y50 = tenon.reduce log_sum %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y51 = tenon.reduce log_sum %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y52 = tenon.reduce log_sum %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y53 = tenon.reduce log_sum %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y54 = tenon.reduce log_sum_exp %x0 axes [0] : tensor<3x4x5xf32> -> tensor<4x5xf32>
  %y55 = tenon.reduce log_sum_exp %x0 axes [2] : tensor<3x4x5xf32> -> tensor<3x4xf32>
  %y56 = tenon.reduce log_sum_exp %x0 axes [0, 2] : tensor<3x4x5xf32> -> tensor<4xf32>
  %y57 = tenon.reduce log_sum_exp %x0 axes [0, 1, 2] : tensor<3x4x5xf32> -> tensor<f32>
  %y58 = tenon.reduce log_sum_exp %x0 axes [] : tensor<3x4x5xf32> -> tensor<3x4x5xf32>
  %y59 = tenon.reduce log_sum_exp %x0 axes [1] {keep_dims} : tensor<3x4x5xf32> -> tensor<3x1x5xf32>
  %y60 = tenon.reduce sum %x1 axes [1] : tensor<3x4xf64> -> tensor<3xf64>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40, %y41, %y42, %y43, %y44, %y45, %y46, %y47, %y48, %y49, %y50, %y51, %y52, %y53, %y54, %y55, %y56, %y57, %y58, %y59, %y60 : tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<4x5xf32>, tensor<3x4xf32>, tensor<4xf32>, tensor<f32>, tensor<3x4x5xf32>, tensor<3x1x5xf32>, tensor<3xf64>
}
