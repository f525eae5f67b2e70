// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "work.h"

#include <memory>

namespace qproxysql::bench {

/// The row with Connector/C alone, on a connection of its own to 127.0.0.1: what a driver cannot fall below.
/// A statement that comes again is kept. Integers are parsed, texts are not copied.
std::unique_ptr<Work> makeBareWork(const WorkRow &row, int port);

} // namespace qproxysql::bench
