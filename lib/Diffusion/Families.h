//===- Families.h - One function for each family of schedulers ------------===//

#ifndef TENON_LIB_DIFFUSION_FAMILIES_H
#define TENON_LIB_DIFFUSION_FAMILIES_H

#include "Settings.h"

namespace tenon::diffusion {

// Complaints go to the settings' configuration; a schedule with complaints is
// thrown away.

Schedule makeDdpm(Settings &settings);
Schedule makeDdim(Settings &settings);
Schedule makePndm(Settings &settings);
Schedule makeLms(Settings &settings);
Schedule makeEuler(Settings &settings);
Schedule makeEulerAncestral(Settings &settings);
Schedule makeHeun(Settings &settings);
Schedule makeDpmSolver(Settings &settings);
Schedule makeUniPc(Settings &settings);
Schedule makeLcm(Settings &settings);

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_FAMILIES_H
