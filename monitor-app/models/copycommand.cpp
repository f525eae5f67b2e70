// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/copycommand.h"

#include <QtCore/QRegularExpression>

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

} // namespace

QString shellQuoted(const QString &text)
{
    static const auto &plain = *new QRegularExpression(u"\\A[a-zA-Z0-9@%+=:,./_-]+\\z"_s);
    if (plain.match(text).hasMatch())
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

QString rollingCommand(const QStringList &peerNames, const QString &reason, const QString &command,
                       const QStringList &common)
{
    QStringList arguments{u"rolling"_s};
    arguments += peerNames;
    if (!reason.isEmpty())
        arguments += {u"--reason"_s, reason};
    if (!command.isEmpty())
        arguments += {u"--run"_s, command};
    return commandLine(arguments + common);
}

} // namespace qproxysql
