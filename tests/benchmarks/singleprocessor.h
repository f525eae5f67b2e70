// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>

namespace qproxysql::bench {

/// Time of QPROXYSQL over those of QMYSQL and of bare Connector/C, in paired rounds; one server and this
/// process on one processor (the caller has bound the process to it before it started any thread).
QJsonArray compareOnOneProcessor(int rounds);

} // namespace qproxysql::bench
