// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

#include <QtCore/QJsonObject>

namespace qproxysql {

/// A process's identity as its report and the file beside its socket have it.
QJsonObject jsonOf(const ProcessIdentity &process);

/// Fields that are missing or of another type stay empty; texts are made plain (plainText()).
ProcessIdentity identityOf(const QJsonObject &object);

} // namespace qproxysql
