// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>

namespace qproxysql::bench {

/// Round trips of each operation with QMYSQL and with QPROXYSQL, counted by a relay before the server.
QJsonArray countRoundTrips();

} // namespace qproxysql::bench
