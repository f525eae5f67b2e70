// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/peerlook.h"

#include <QtGui/QPainterPath>

namespace qproxysql {

/// The shape of a state in a square of 16 by 16: it tells states apart without any colour. Straight edges
/// lie where they fall on whole pixels at 16, 24 and 32.
struct StateGlyph
{
    static constexpr double Size = 16;

    QPainterPath solid;
    QPainterPath faint; ///< drawn paler; of Checking: the ring in which the quarter goes round

    /// \a scale: pixels a unit. \a phase: 0 to 1, of Checking.
    static StateGlyph of(PeerLook look, double scale, double phase);
};

} // namespace qproxysql
