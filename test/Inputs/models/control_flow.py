"""Subgraphs, local functions, recurrent layers."""
import numpy as np

from text import model, rng, values

MODELS = {}


def maker(name):
    def keep(make):
        MODELS[name] = make
        return make
    return keep


def of_text(name, opset, body, shapes, weights=lambda r: {}, **options):
    @maker(name)
    def make(folder):
        r = rng(name)
        folder.save(model(opset, body, weights(r), **options))
        folder.case({k: values(r, *s) for k, s in shapes.items()})


of_text("if-constant", 13,
        """g (float[2, 3] x) => (float[a, b] y) {
             c = Constant <value = bool {0}> ()
             y = If (c) <then_branch = t () => (float[2, 3] p) { p = Neg (x) },
                         else_branch = e () => (float[3, 2] q) { q = Transpose (x) }>
           }""", {"x": (2, 3)})


@maker("if-shape")
def if_shape(folder):
    """The condition follows from the input's shape, as older exporters write a Squeeze."""
    folder.save(model(13, """g (float[N, M] x) => (float[a] y) {
        s = Shape (x)
        zero = Constant <value = int64 {0}> ()
        one = Constant <value = int64 {1}> ()
        n = Gather (s, zero)
        c = Equal (n, one)
        flat = Constant <value = int64[1] {-1}> ()
        first = Constant <value = int64[1] {0}> ()
        y = If (c) <then_branch = t () => (float[u] p) { p = Squeeze (x, first) },
                    else_branch = e () => (float[v] q) { r = Exp (x)  q = Reshape (r, flat) }>
    }"""))
    r = rng("if-shape")
    folder.case({"x": values(r, 1, 4)})
    folder.case({"x": values(r, 2, 3)})


@maker("if-input")
def if_input(folder):
    """The condition is a graph input: the program is specialised by its value."""
    folder.save(model(11, """g (bool c, float[3] x) => (float[3] y) {
        y = If (c) <then_branch = t () => (float[3] p) { p = Exp (x) },
                    else_branch = e () => (float[3] q) { q = Abs (x) }>
    }"""))
    x = values(rng("if-input"), 3)
    for c in (True, False):
        folder.case({"c": np.array(c), "x": x})


of_text("loop-constant", 13,
        """g (float[3] x) => (float[3] last, float[a, b] every) {
             trips = Constant <value = int64 {4}> ()
             yes = Constant <value = bool {1}> ()
             last, every = Loop (trips, yes, x) <body = b (int64 i, bool c, float[3] s) => (bool d, float[3] t, float[3] u) {
               d = Identity (c)
               f = Cast <to = 1> (i)
               v = Mul (s, w)
               t = Add (v, f)
               u = Sub (t, x)
             }>
           }""", {"x": (3,)}, lambda r: {"w": values(r, 3)})
of_text("loop-condition", 16,
        """g (float[2] x) => (float[2] last, float[a, b] every) {
             many = Constant <value = int64 {100}> ()
             yes = Constant <value = bool {1}> ()
             three = Constant <value = int64 {3}> ()
             last, every = Loop (many, yes, x) <body = b (int64 i, bool c, float[2] s) => (bool d, float[2] t, float[2] u) {
               d = Less (i, three)
               t = Add (s, s)
               u = Tanh (t)
             }>
           }""", {"x": (2,)})
of_text("scan-9", 9,
        """g (float[2] start, float[4, 2] xs) => (float[2] last, float[4, 2] sums) {
             last, sums = Scan <num_scan_inputs = 1, body = b (float[2] s, float[2] x) => (float[2] t, float[2] u) {
               v = Mul (x, w)
               t = Add (s, v)
               u = Relu (t)
             }> (start, xs)
           }""", {"start": (2,), "xs": (4, 2)}, lambda r: {"w": values(r, 2)})
of_text("scan-11-reverse", 11,
        """g (float[2] start, float[2, 3] xs) => (float[2] last, float[2, 3] sums) {
             last, sums = Scan <num_scan_inputs = 1, scan_input_axes = [1], scan_input_directions = [1], scan_output_axes = [1], scan_output_directions = [1], body = b (float[2] s, float[2] x) => (float[2] t, float[2] u) {
               t = Add (s, x)
               u = Tanh (t)
             }> (start, xs)
           }""", {"start": (2,), "xs": (2, 3)})
of_text("local-function", 17,
        """g (float[2, 4] x) => (float[2, 4] y) {
             h = local.Gated <slope = 0.3> (x, w)
             y = local.Gated <slope = 0.1> (h, w)
           }""", {"x": (2, 4)}, lambda r: {"w": values(r, 4, 4)},
        domains=', "local" : 1',
        functions="""<domain: "local", opset_import: ["" : 17, "local" : 1]>
           Gated <slope> (a, m) => (b) {
             p = MatMul (a, m)
             q = local.Inner (p)
             r = LeakyRelu <alpha : float = @slope> (p)
             b = Mul (q, r)
           }
           <domain: "local", opset_import: ["" : 17]>
           Inner (a) => (b) {
             half = Constant <value = float {0.5}> ()
             s = Mul (a, half)
             b = Sigmoid (s)
           }""")


def recurrent(op, gates, direction, extra=""):
    ways = 2 if direction == "bidirectional" else 1
    name = f"{op.lower()}-{direction}"

    @maker(name)
    def make(folder):
        r = rng(name)
        state = f"float[{ways}, 2, 4] h0" + (f", float[{ways}, 2, 4] c0" if op == "LSTM" else "")
        folder.save(model(14, f"""g (float[5, 2, 3] x, {state}) => (float[a, b, c, d] y, float[e, f, h] yh{', float[i, j, k] yc' if op == 'LSTM' else ''}) {{
            y, yh{', yc' if op == 'LSTM' else ''} = {op} <hidden_size = 4, direction = "{direction}"{extra}> (x, w, r, b, , h0{', c0' if op == 'LSTM' else ''})
        }}""", {"w": values(r, ways, gates * 4, 3, scale=0.5), "r": values(r, ways, gates * 4, 4, scale=0.5),
                "b": values(r, ways, 2 * gates * 4, scale=0.2)}))
        feeds = {"x": values(r, 5, 2, 3), "h0": values(r, ways, 2, 4)}
        if op == "LSTM":
            feeds["c0"] = values(r, ways, 2, 4)
        folder.case(feeds)


recurrent("LSTM", 4, "forward")
recurrent("LSTM", 4, "bidirectional")
recurrent("LSTM", 4, "reverse", ", clip = 0.9")
recurrent("GRU", 3, "forward")
recurrent("GRU", 3, "bidirectional", ", linear_before_reset = 1")
recurrent("RNN", 1, "reverse")
