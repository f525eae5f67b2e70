// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/drainrequest.h"

namespace qproxysql {

/// As drain.json has it. Nothing, and \a error names the field, when it does not say all that it must.
std::optional<DrainRequest> drainRequestOf(const QJsonObject &object, QString *error);
QJsonObject jsonOf(const DrainRequest &entry);

} // namespace qproxysql
