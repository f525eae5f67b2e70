// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"

#include <QtGui/QIcon>

#include <optional>

namespace qproxysql {

/// The program's icon, painted like data/qproxysql-monitor.svg. \a worst: adds that state's glyph
/// in a corner.
QIcon monitorIcon(std::optional<DisplayState> worst = std::nullopt);

} // namespace qproxysql
