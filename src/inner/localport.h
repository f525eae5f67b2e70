// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

namespace qproxysql {

/// The port of this end of a TCP connection; 0 when \a descriptor is none, or it cannot be told here.
quint16 localPortOf(int descriptor);

} // namespace qproxysql
