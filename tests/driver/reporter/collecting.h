// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/reportreader.h"

#include <QtTest/QSignalSpy>

/// Collects, in an event loop of its own, and returns what came.
inline QList<qproxysql::ReportAnswer> collectNow(qproxysql::ReportReader &reader, QString *error)
{
    QSignalSpy collected(&reader, &qproxysql::ReportReader::collected);
    reader.collect();
    if (collected.isEmpty() && !collected.wait(60'000))
        return {};
    *error = collected.constFirst().at(1).toString();
    return collected.constFirst().at(0).value<QList<qproxysql::ReportAnswer>>();
}
