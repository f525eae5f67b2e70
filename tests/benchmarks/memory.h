// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QJsonArray>

namespace qproxysql::bench {

/// Bytes that a result holds after all of its rows were read, and the growth of the process while it was
/// made and read, with QMYSQL, QPROXYSQL and bare Connector/C. Empty where the C library cannot say.
QJsonArray compareMemory();

} // namespace qproxysql::bench
