//===- BetaDistribution.h - Quantiles of the beta distribution ------------===//

#ifndef TENON_LIB_DIFFUSION_BETADISTRIBUTION_H
#define TENON_LIB_DIFFUSION_BETADISTRIBUTION_H

namespace tenon::diffusion {

/// The x below which a part `probability` of the beta distribution with both
/// parameters `shape` lies. For shapes from 0.1 to 10.
double symmetricBetaQuantile(double probability, double shape);

} // namespace tenon::diffusion

#endif // TENON_LIB_DIFFUSION_BETADISTRIBUTION_H
