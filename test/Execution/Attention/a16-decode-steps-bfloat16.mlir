// A16: k tokens at once and the rest in steps over the growing past are the whole at once.
// RUN: tenon-run %s --inputs %p/Inputs/a16-decode-steps-bfloat16.inputs.safetensors \
// RUN:   --expect %p/Inputs/a16-decode-steps-bfloat16.expected.safetensors --rtol 0.03 --atol 0.003
// Made by make_nn.py.

func.func @step(
    %x0: tensor<2x4x5x8xbf16> {tenon.name = "x0", tenon.dtype = "bfloat16"},
    %x1: tensor<2x2x5x8xbf16> {tenon.name = "x1", tenon.dtype = "bfloat16"},
    %x2: tensor<2x2x5x8xbf16> {tenon.name = "x2", tenon.dtype = "bfloat16"})
    -> (
    tensor<2x4x5x8xbf16> {tenon.name = "y0", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y1", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y2", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y3", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y4", tenon.dtype = "bfloat16"},
    tensor<2x4x4x8xbf16> {tenon.name = "y5", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y6", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y7", tenon.dtype = "bfloat16"},
    tensor<2x4x4x8xbf16> {tenon.name = "y8", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y9", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y10", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y11", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y12", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y13", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y14", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y15", tenon.dtype = "bfloat16"},
    tensor<2x4x3x8xbf16> {tenon.name = "y16", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y17", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y18", tenon.dtype = "bfloat16"},
    tensor<2x4x3x8xbf16> {tenon.name = "y19", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y20", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y21", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y22", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y23", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y24", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y25", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y26", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y27", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y28", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y29", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y30", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y31", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y32", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y33", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y34", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y35", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y36", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y37", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y38", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y39", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y40", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y41", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y42", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y43", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y44", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y45", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y46", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y47", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y48", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y49", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y50", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y51", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y52", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y53", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y54", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y55", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y56", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y57", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y58", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y59", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y60", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y61", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y62", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y63", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y64", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y65", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y66", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y67", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y68", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y69", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y70", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y71", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y72", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y73", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y74", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y75", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y76", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y77", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y78", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y79", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y80", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y81", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y82", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y83", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y84", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y85", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y86", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y87", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y88", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y89", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y90", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y91", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y92", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y93", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y94", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y95", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y96", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y97", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y98", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y99", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y100", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y101", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y102", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y103", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y104", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y105", tenon.dtype = "bfloat16"},
    tensor<2x2x4x8xbf16> {tenon.name = "y106", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y107", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y108", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y109", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y110", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y111", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y112", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y113", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y114", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y115", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y116", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y117", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y118", tenon.dtype = "bfloat16"},
    tensor<2x4x3x8xbf16> {tenon.name = "y119", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y120", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y121", tenon.dtype = "bfloat16"},
    tensor<2x4x3x8xbf16> {tenon.name = "y122", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y123", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y124", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y125", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y126", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y127", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y128", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y129", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y130", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y131", tenon.dtype = "bfloat16"},
    tensor<2x2x1x8xbf16> {tenon.name = "y132", tenon.dtype = "bfloat16"},
    tensor<2x4x1x8xbf16> {tenon.name = "y133", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y134", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y135", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y136", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y137", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y138", tenon.dtype = "bfloat16"},
    tensor<2x2x3x8xbf16> {tenon.name = "y139", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y140", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y141", tenon.dtype = "bfloat16"},
    tensor<2x2x2x8xbf16> {tenon.name = "y142", tenon.dtype = "bfloat16"},
    tensor<2x4x2x8xbf16> {tenon.name = "y143", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y144", tenon.dtype = "bfloat16"},
    tensor<2x2x5x8xbf16> {tenon.name = "y145", tenon.dtype = "bfloat16"},
    tensor<2x4x5x8xbf16> {tenon.name = "y146", tenon.dtype = "bfloat16"}) {
  %y0 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 5, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x5x8xbf16>
  %y1 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 5, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x5x8xbf16>
  %y2 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 5, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x5x8xbf16>
  %y3 = tenon.attention %y0, %y1, %y2 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y4 = tenon.concat %y3 axis 2 : (tensor<2x4x5x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y5 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 4, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x4x8xbf16>
  %y6 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 4, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x4x8xbf16>
  %y7 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 4, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x4x8xbf16>
  %y8 = tenon.attention %y5, %y6, %y7 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x4x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>) -> tensor<2x4x4x8xbf16>
  %y9 = tenon.slice %x0 starts [0, 0, 4, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y10 = tenon.slice %x1 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y11 = tenon.slice %x2 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y12 = tenon.attention %y9, %y10, %y11 past %y6, %y7 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y13 = tenon.concat %y6, %y10 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y14 = tenon.concat %y7, %y11 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y15 = tenon.concat %y8, %y12 axis 2 : (tensor<2x4x4x8xbf16>, tensor<2x4x1x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y16 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 3, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x3x8xbf16>
  %y17 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 3, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x3x8xbf16>
  %y18 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 3, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x3x8xbf16>
  %y19 = tenon.attention %y16, %y17, %y18 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x3x8xbf16>
  %y20 = tenon.slice %x0 starts [0, 0, 3, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y21 = tenon.slice %x1 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y22 = tenon.slice %x2 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y23 = tenon.attention %y20, %y21, %y22 past %y17, %y18 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y24 = tenon.concat %y17, %y21 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y25 = tenon.concat %y18, %y22 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y26 = tenon.slice %x0 starts [0, 0, 4, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y27 = tenon.slice %x1 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y28 = tenon.slice %x2 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y29 = tenon.attention %y26, %y27, %y28 past %y24, %y25 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y30 = tenon.concat %y24, %y27 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y31 = tenon.concat %y25, %y28 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y32 = tenon.concat %y19, %y23, %y29 axis 2 : (tensor<2x4x3x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y33 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 2, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x2x8xbf16>
  %y34 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y35 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y36 = tenon.attention %y33, %y34, %y35 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x4x2x8xbf16>
  %y37 = tenon.slice %x0 starts [0, 0, 2, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y38 = tenon.slice %x1 starts [0, 0, 2, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y39 = tenon.slice %x2 starts [0, 0, 2, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y40 = tenon.attention %y37, %y38, %y39 past %y34, %y35 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y41 = tenon.concat %y34, %y38 axis 2 : (tensor<2x2x2x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y42 = tenon.concat %y35, %y39 axis 2 : (tensor<2x2x2x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y43 = tenon.slice %x0 starts [0, 0, 3, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y44 = tenon.slice %x1 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y45 = tenon.slice %x2 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y46 = tenon.attention %y43, %y44, %y45 past %y41, %y42 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y47 = tenon.concat %y41, %y44 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y48 = tenon.concat %y42, %y45 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y49 = tenon.slice %x0 starts [0, 0, 4, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y50 = tenon.slice %x1 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y51 = tenon.slice %x2 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y52 = tenon.attention %y49, %y50, %y51 past %y47, %y48 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y53 = tenon.concat %y47, %y50 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y54 = tenon.concat %y48, %y51 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y55 = tenon.concat %y36, %y40, %y46, %y52 axis 2 : (tensor<2x4x2x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y56 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y57 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y58 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y59 = tenon.attention %y56, %y57, %y58 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y60 = tenon.slice %x0 starts [0, 0, 1, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y61 = tenon.slice %x1 starts [0, 0, 1, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y62 = tenon.slice %x2 starts [0, 0, 1, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y63 = tenon.attention %y60, %y61, %y62 past %y57, %y58 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y64 = tenon.concat %y57, %y61 axis 2 : (tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x2x8xbf16>
  %y65 = tenon.concat %y58, %y62 axis 2 : (tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x2x8xbf16>
  %y66 = tenon.slice %x0 starts [0, 0, 2, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y67 = tenon.slice %x1 starts [0, 0, 2, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y68 = tenon.slice %x2 starts [0, 0, 2, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y69 = tenon.attention %y66, %y67, %y68 past %y64, %y65 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y70 = tenon.concat %y64, %y67 axis 2 : (tensor<2x2x2x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y71 = tenon.concat %y65, %y68 axis 2 : (tensor<2x2x2x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y72 = tenon.slice %x0 starts [0, 0, 3, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y73 = tenon.slice %x1 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y74 = tenon.slice %x2 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y75 = tenon.attention %y72, %y73, %y74 past %y70, %y71 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y76 = tenon.concat %y70, %y73 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y77 = tenon.concat %y71, %y74 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y78 = tenon.slice %x0 starts [0, 0, 4, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y79 = tenon.slice %x1 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y80 = tenon.slice %x2 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y81 = tenon.attention %y78, %y79, %y80 past %y76, %y77 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y82 = tenon.concat %y76, %y79 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y83 = tenon.concat %y77, %y80 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y84 = tenon.concat %y59, %y63, %y69, %y75, %y81 axis 2 : (tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y85 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y86 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y87 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y88 = tenon.attention %y85, %y86, %y87 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y89 = tenon.slice %x0 starts [0, 0, 1, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y90 = tenon.slice %x1 starts [0, 0, 1, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y91 = tenon.slice %x2 starts [0, 0, 1, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y92 = tenon.attention %y89, %y90, %y91 past %y86, %y87 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y93 = tenon.concat %y86, %y90 axis 2 : (tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x2x8xbf16>
  %y94 = tenon.concat %y87, %y91 axis 2 : (tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x2x8xbf16>
  %y95 = tenon.slice %x0 starts [0, 0, 2, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y96 = tenon.slice %x1 starts [0, 0, 2, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y97 = tenon.slice %x2 starts [0, 0, 2, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y98 = tenon.attention %y95, %y96, %y97 past %y93, %y94 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y99 = tenon.concat %y93, %y96 axis 2 : (tensor<2x2x2x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y100 = tenon.concat %y94, %y97 axis 2 : (tensor<2x2x2x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y101 = tenon.slice %x0 starts [0, 0, 3, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y102 = tenon.slice %x1 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y103 = tenon.slice %x2 starts [0, 0, 3, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y104 = tenon.attention %y101, %y102, %y103 past %y99, %y100 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y105 = tenon.concat %y99, %y102 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y106 = tenon.concat %y100, %y103 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x4x8xbf16>
  %y107 = tenon.slice %x0 starts [0, 0, 4, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y108 = tenon.slice %x1 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y109 = tenon.slice %x2 starts [0, 0, 4, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y110 = tenon.attention %y107, %y108, %y109 past %y105, %y106 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y111 = tenon.concat %y105, %y108 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y112 = tenon.concat %y106, %y109 axis 2 : (tensor<2x2x4x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y113 = tenon.concat %y88, %y92, %y98, %y104, %y110 axis 2 : (tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y114 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 5, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x5x8xbf16>
  %y115 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 5, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x5x8xbf16>
  %y116 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 5, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x5x8xbf16>
  %y117 = tenon.attention %y114, %y115, %y116 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y118 = tenon.concat %y117 axis 2 : (tensor<2x4x5x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y119 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 3, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x3x8xbf16>
  %y120 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 3, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x3x8xbf16>
  %y121 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 3, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x3x8xbf16>
  %y122 = tenon.attention %y119, %y120, %y121 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x3x8xbf16>
  %y123 = tenon.slice %x0 starts [0, 0, 3, 0] sizes [2, 4, 2, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x2x8xbf16>
  %y124 = tenon.slice %x1 starts [0, 0, 3, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y125 = tenon.slice %x2 starts [0, 0, 3, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y126 = tenon.attention %y123, %y124, %y125 past %y120, %y121 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x2x8xbf16>
  %y127 = tenon.concat %y120, %y124 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y128 = tenon.concat %y121, %y125 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y129 = tenon.concat %y122, %y126 axis 2 : (tensor<2x4x3x8xbf16>, tensor<2x4x2x8xbf16>) -> tensor<2x4x5x8xbf16>
  %y130 = tenon.slice %x0 starts [0, 0, 0, 0] sizes [2, 4, 1, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x1x8xbf16>
  %y131 = tenon.slice %x1 starts [0, 0, 0, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y132 = tenon.slice %x2 starts [0, 0, 0, 0] sizes [2, 2, 1, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x1x8xbf16>
  %y133 = tenon.attention %y130, %y131, %y132 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal top_left>} : (tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x4x1x8xbf16>
  %y134 = tenon.slice %x0 starts [0, 0, 1, 0] sizes [2, 4, 2, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x2x8xbf16>
  %y135 = tenon.slice %x1 starts [0, 0, 1, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y136 = tenon.slice %x2 starts [0, 0, 1, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y137 = tenon.attention %y134, %y135, %y136 past %y131, %y132 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>) -> tensor<2x4x2x8xbf16>
  %y138 = tenon.concat %y131, %y135 axis 2 : (tensor<2x2x1x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y139 = tenon.concat %y132, %y136 axis 2 : (tensor<2x2x1x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x2x3x8xbf16>
  %y140 = tenon.slice %x0 starts [0, 0, 3, 0] sizes [2, 4, 2, 8] steps [1, 1, 1, 1] : tensor<2x4x5x8xbf16> -> tensor<2x4x2x8xbf16>
  %y141 = tenon.slice %x1 starts [0, 0, 3, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y142 = tenon.slice %x2 starts [0, 0, 3, 0] sizes [2, 2, 2, 8] steps [1, 1, 1, 1] : tensor<2x2x5x8xbf16> -> tensor<2x2x2x8xbf16>
  %y143 = tenon.attention %y140, %y141, %y142 past %y138, %y139 {num_heads = 4, num_kv_heads = 2, causal = #tenon<causal cached>} : (tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>) -> tensor<2x4x2x8xbf16>
  %y144 = tenon.concat %y138, %y141 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y145 = tenon.concat %y139, %y142 axis 2 : (tensor<2x2x3x8xbf16>, tensor<2x2x2x8xbf16>) -> tensor<2x2x5x8xbf16>
  %y146 = tenon.concat %y133, %y137, %y143 axis 2 : (tensor<2x4x1x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x4x2x8xbf16>) -> tensor<2x4x5x8xbf16>
  return %y0, %y1, %y2, %y3, %y4, %y5, %y6, %y7, %y8, %y9, %y10, %y11, %y12, %y13, %y14, %y15, %y16, %y17, %y18, %y19, %y20, %y21, %y22, %y23, %y24, %y25, %y26, %y27, %y28, %y29, %y30, %y31, %y32, %y33, %y34, %y35, %y36, %y37, %y38, %y39, %y40, %y41, %y42, %y43, %y44, %y45, %y46, %y47, %y48, %y49, %y50, %y51, %y52, %y53, %y54, %y55, %y56, %y57, %y58, %y59, %y60, %y61, %y62, %y63, %y64, %y65, %y66, %y67, %y68, %y69, %y70, %y71, %y72, %y73, %y74, %y75, %y76, %y77, %y78, %y79, %y80, %y81, %y82, %y83, %y84, %y85, %y86, %y87, %y88, %y89, %y90, %y91, %y92, %y93, %y94, %y95, %y96, %y97, %y98, %y99, %y100, %y101, %y102, %y103, %y104, %y105, %y106, %y107, %y108, %y109, %y110, %y111, %y112, %y113, %y114, %y115, %y116, %y117, %y118, %y119, %y120, %y121, %y122, %y123, %y124, %y125, %y126, %y127, %y128, %y129, %y130, %y131, %y132, %y133, %y134, %y135, %y136, %y137, %y138, %y139, %y140, %y141, %y142, %y143, %y144, %y145, %y146 : tensor<2x4x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x4x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x4x4x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x4x3x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x2x4x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x4x3x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x2x1x8xbf16>, tensor<2x4x1x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x2x3x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x2x2x8xbf16>, tensor<2x4x2x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x2x5x8xbf16>, tensor<2x4x5x8xbf16>
}
