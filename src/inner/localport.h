// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

namespace qproxysql {

/// The local port of a TCP connection; 0 if \a descriptor is no TCP socket or the port is unknown.
quint16 localPortOf(int descriptor);

} // namespace qproxysql
