# The install target and the exported package: find_package(Tenon) gives Tenon::Tenon.
