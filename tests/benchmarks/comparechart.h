// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonArray>

namespace qproxysql::bench {

/// The cells of Comparison::run() as lines of CSV, with a header.
QByteArray comparisonCsv(const QJsonArray &cells);
/// As a picture: a panel of throughput for each row, one of the time of a call on the slow network.
QByteArray comparisonSvg(const QJsonArray &cells);

} // namespace qproxysql::bench
