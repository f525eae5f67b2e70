// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequest.h"

namespace qproxysql {

/// Reads an entry of drain.json. Nothing, and \a error names the field, if a required field is missing or
/// invalid.
std::optional<DrainRequest> drainRequestOf(const QJsonObject &object, QString *error);
QJsonObject jsonOf(const DrainRequest &entry);

} // namespace qproxysql
