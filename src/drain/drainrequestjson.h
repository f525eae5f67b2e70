// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"
#include "pool/drainrequest.h"

namespace qproxysql {

/// Reads an entry of drain.json. The error names a required field that is missing or invalid.
Expected<DrainRequest> drainRequestOf(const QJsonObject &object);
QJsonObject jsonOf(const DrainRequest &entry);
/// What the fleet's table has no column for.
QJsonObject additionsOf(const DrainRequest &entry);

} // namespace qproxysql
