// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"

#include <QtGui/QIcon>

QT_BEGIN_NAMESPACE
class QPainter;
class QPalette;
QT_END_NAMESPACE

namespace qproxysql {

/// The glyphs of the states. Painted, so that they are sharp at any scale.

enum class Background { Light, Dark };
Background backgroundOf(const QPalette &palette); ///< of its rows

/// Grey for NoData.
QColor stateColor(DisplayState state, Background background);
/// The colour for rows of that palette; for NoData the palette's own grey if it has enough
/// contrast.
QColor stateColor(DisplayState state, const QPalette &palette);

/// Paints in the middle of \a rect, which should be a square of 16 or more. \a phase: 0 to 1, the
/// rotation of Checking.
void paintState(QPainter *painter, const QRectF &rect, DisplayState state, const QColor &color,
                double phase = 0);

/// In the colours of \a palette. On a selected row (QIcon::Selected) the glyph is on a plate in the
/// colour of the other rows, since no colour is visible on every selection's background.
QIcon stateIcon(DisplayState state, const QPalette &palette, double phase = 0);
/// Uses the application's palette at the time of painting: for tabs, windows, menus.
QIcon stateIcon(DisplayState state);

} // namespace qproxysql
