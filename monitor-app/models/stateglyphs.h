// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"

#include <QtGui/QPainterPath>

namespace qproxysql {

/// The shape of a state in a square of 16 by 16. States differ in shape, not only in colour.
/// Straight edges lie on whole pixels at 16, 24 and 32.
struct StateGlyph
{
    static constexpr double Size = 16;

    QPainterPath solid;
    QPainterPath faint; ///< drawn paler: the ring of Checking

    /// \a scale: pixels per unit. \a phase: 0 to 1, of Checking.
    static StateGlyph of(DisplayState state, double scale, double phase);
};

} // namespace qproxysql
