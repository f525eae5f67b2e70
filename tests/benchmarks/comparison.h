// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>
#include <QtCore/QList>

#include <chrono>

namespace qproxysql::bench {

struct WorkRow;

/// What is compared: rows of works.cpp on three servers by QMYSQL straight on one of them, by QMYSQL
/// through HAProxy and MySQL Router (each where it is installed), and by QPROXYSQL; by turns.
struct Comparison
{
    QList<const WorkRow *> rows;
    QList<int> threads;                       ///< each with a connection of its own
    std::chrono::microseconds oneWayDelay{0}; ///< of the network before each server, behind a proxy
    std::chrono::milliseconds perTurn;
    int turns;

    /// One object for each row, number of threads and way: operation, threads, way, delayMicroseconds,
    /// perSecond (median of the turns), medianMicroseconds and p99Microseconds of one time. What cannot be
    /// compared is said on standard error.
    QJsonArray run() const;
};

/// `SELECT 1` from eight threads, on loopback.
Comparison shortComparison();
/// Throughput of 1, 8 and 64 threads on loopback, and the time of one call with 0.5 ms each way.
QList<Comparison> longComparison();

} // namespace qproxysql::bench
