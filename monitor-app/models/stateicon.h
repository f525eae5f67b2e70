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

/// As monitor.md has it, for a light or a dark background. Of NoData: grey.
QColor stateColor(PeerLook look, bool dark);
/// True when \a palette's rows are dark.
bool isDark(const QPalette &palette);
/// The colour for rows of that palette; of NoData the palette's own grey where that can be seen.
QColor stateColor(PeerLook look, const QPalette &palette);

/// Into the middle of \a rect, which is best a square of 16 or more. \a phase: 0 to 1, how far the
/// quarter of Checking has gone round.
void paintState(QPainter *painter, const QRectF &rect, PeerLook look, const QColor &color,
                double phase = 0);

/// In the colours of \a palette. On a selected row (QIcon::Selected) the glyph stands on a plate in the
/// colour of the other rows, since no colour is seen on every selection's background.
QIcon stateIcon(PeerLook look, const QPalette &palette, double phase = 0);
/// In those of the application, whatever it is when it is painted: for tabs, windows, menus.
QIcon stateIcon(PeerLook look);

} // namespace qproxysql
