// Four kernels with functions that need tables.
func.func @step(%x: tensor<300xf32>, %z: tensor<40xf64>, %u: tensor<30xf64>)
    -> (tensor<300xf32>, tensor<300xf32>, tensor<40xf64>, tensor<30xf64>) {
  %a = math.sin %x : tensor<300xf32>
  %b = math.cos %x : tensor<300xf32>
  %c = math.cos %z : tensor<40xf64>
  %d = math.sin %u : tensor<30xf64>
  return %a, %b, %c, %d : tensor<300xf32>, tensor<300xf32>, tensor<40xf64>, tensor<30xf64>
}
