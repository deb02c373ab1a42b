"""One ONNX node, run by ONNX Runtime."""
import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper

DTYPES = {
    torch.float32: TensorProto.FLOAT, torch.float64: TensorProto.DOUBLE, torch.int8: TensorProto.INT8,
    torch.uint8: TensorProto.UINT8, torch.int32: TensorProto.INT32, torch.int64: TensorProto.INT64, torch.bool: TensorProto.BOOL,
}


def run(op_type, inputs, outputs=1, opset=19, **attributes):
    """`inputs` are tensors, or None where one is left out."""
    names = [f"x{i}" if tensor is not None else "" for i, tensor in enumerate(inputs)]
    given = {name: tensor for name, tensor in zip(names, inputs) if tensor is not None}
    node = helper.make_node(op_type, names, [f"y{i}" for i in range(outputs)], **attributes)
    graph = helper.make_graph(
        [node], "node", [helper.make_tensor_value_info(name, DTYPES[tensor.dtype], tensor.shape) for name, tensor in given.items()],
        [helper.make_empty_tensor_value_info(f"y{i}") for i in range(outputs)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    onnxruntime.set_default_logger_severity(3)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    results = session.run(None, {name: tensor.numpy() for name, tensor in given.items()})
    return tuple(torch.from_numpy(np.ascontiguousarray(result)).reshape(result.shape) for result in results)
