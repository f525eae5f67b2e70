// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/processidentityjson.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

QJsonObject jsonOf(const ProcessIdentity &process)
{
    return {{u"process"_s, process.id},
            {u"application"_s, process.application},
            {u"host"_s, process.host},
            {u"pid"_s, process.pid},
            {u"user"_s, process.user}};
}

ProcessIdentity identityOf(const QJsonObject &object)
{
    return {object.value("process"_L1).toString(), object.value("application"_L1).toString(),
            object.value("host"_L1).toString(), object.value("pid"_L1).toInteger(),
            object.value("user"_L1).toString()};
}

} // namespace qproxysql
