// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/copycommand.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto Program = "qproxysql-ctl"_L1;

QString commandLine(const QStringList &arguments)
{
    QString line = Program;
    for (const QString &argument : arguments)
        line += u' ' + shellQuoted(argument);
    return line;
}

bool isPlain(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
           || QStringView(u"@%+=:,./-_").contains(c);
}

} // namespace

QString shellQuoted(const QString &text)
{
    if (!text.isEmpty() && std::ranges::all_of(text, isPlain))
        return text;
    return u'\'' + QString(text).replace(u'\'', "'\\''"_L1) + u'\'';
}

QString commandOf(const DrainRequest &request, const QStringList &common)
{
    const bool isDrain = request.service == Service::Draining;
    QStringList arguments{isDrain ? u"drain"_s : u"resume"_s, request.peer};
    if (!request.reason.isEmpty())
        arguments += {u"--reason"_s, request.reason};
    if (isDrain && request.isForced)
        arguments.append(u"--force"_s);
    return commandLine(arguments + common);
}

QString recheckCommand(const QString &peerName, const QStringList &common)
{
    return commandLine(QStringList{u"recheck"_s, peerName} + common);
}

} // namespace qproxysql
