// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"

#include <QtCore/QJsonObject>

namespace qproxysql {

/// A view as JSON; docs/ctl.md describes each field. Unknown values are null, never 0. Times are
/// ISO 8601 in UTC, ages in seconds.
QJsonObject clusterJson(const ClusterView &view);

} // namespace qproxysql
