// libomp keeps what its teams allocated when they change size: a fixed amount that the leak checker reports.
extern "C" __attribute__((visibility("default"))) const char *__lsan_default_suppressions();
const char *__lsan_default_suppressions() { return "leak:libomp"; }
