// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "report/processreport.h"

#include <QtCore/QJsonObject>

namespace qproxysql {

/// How a process names itself, in its report and in the file beside its socket.
QJsonObject jsonOf(const ProcessIdentity &process);

/// Fields that are missing or of another kind stay empty; see plainText().
ProcessIdentity identityOf(const QJsonObject &object);

} // namespace qproxysql
