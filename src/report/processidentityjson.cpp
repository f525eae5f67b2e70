// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/processidentityjson.h"

#include "drain/plaintext.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr qsizetype LongestName = 300;

} // namespace

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
    const auto text = [&object](QLatin1StringView key) {
        return plainText(object.value(key).toString(), LongestName);
    };
    return {text("process"_L1), text("application"_L1), text("host"_L1),
            object.value("pid"_L1).toInteger(), text("user"_L1)};
}

} // namespace qproxysql
