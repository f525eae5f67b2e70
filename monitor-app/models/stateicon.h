// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/peerlook.h"

#include <QtGui/QIcon>

QT_BEGIN_NAMESPACE
class QPainter;
class QPalette;
QT_END_NAMESPACE

namespace qproxysql {

/// The glyphs of the states. Painted, so that they are sharp at any scale.

/// The colours of monitor.md for a light or a dark background; grey for NoData.
QColor stateColor(PeerLook look, bool dark);
/// True when \a palette's rows are dark.
bool isDark(const QPalette &palette);
/// The colour for rows of that palette; for NoData the palette's own grey if it has enough
/// contrast.
QColor stateColor(PeerLook look, const QPalette &palette);

/// Paints in the middle of \a rect, which should be a square of 16 or more. \a phase: 0 to 1, the
/// rotation of Checking.
void paintState(QPainter *painter, const QRectF &rect, PeerLook look, const QColor &color,
                double phase = 0);

/// In the colours of \a palette. On a selected row (QIcon::Selected) the glyph is on a plate in the
/// colour of the other rows, since no colour is visible on every selection's background.
QIcon stateIcon(PeerLook look, const QPalette &palette, double phase = 0);
/// Uses the application's palette at the time of painting: for tabs, windows, menus.
QIcon stateIcon(PeerLook look);

} // namespace qproxysql
