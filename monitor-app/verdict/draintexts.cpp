// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/draintexts.h"

#include "config/coretexts.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int MostNamed = 5;

QString listed(const QStringList &names)
{
    if (names.size() <= MostNamed)
        return names.join(", "_L1);
    return CoreTexts::tr("%1 and %n more", nullptr, int(names.size()) - MostNamed)
            .arg(names.mid(0, MostNamed).join(", "_L1));
}

QString until(const ApplicationEvidence &application)
{
    QStringList pins = application.reasons.keys();
    pins.removeAll(u"transaction"_s);
    if (pins.isEmpty())
        return {};
    const bool isUnreadOnly = pins.removeAll(u"pending_results"_s) > 0 && pins.isEmpty();
    return isUnreadOnly ? CoreTexts::tr("until it has read its results")
                        : CoreTexts::tr("until it closes the connection");
}

/// Why an application that knows of the drain keeps its sessions, and until when.
QStringList holds(const ApplicationEvidence &application)
{
    QStringList parts = application.problems;
    if (application.longestTransaction) {
        parts.append(CoreTexts::tr("open transaction, %1")
                             .arg(DrainTexts::age(*application.longestTransaction)));
    }
    parts += DrainTexts::pins(application);
    if (application.idleHolder && !parts.isEmpty()) {
        parts.append(CoreTexts::tr("idle for %1").arg(DrainTexts::age(*application.idleHolder)));
    }
    parts.append(until(application));
    parts.removeAll(QString());
    return parts;
}

/// Of its sessions those that cannot leave; all, if it does not say which.
int kept(const ApplicationEvidence &application)
{
    const int known = application.pinned + application.inTransaction;
    return known > 0 ? std::min(known, application.sessions) : application.sessions;
}

} // namespace

QString DrainTexts::sessions(int count)
{
    return CoreTexts::tr("%n session(s)", nullptr, count);
}

QString DrainTexts::applications(int count)
{
    return CoreTexts::tr("%n application(s)", nullptr, count);
}

QString DrainTexts::age(double seconds)
{
    const qint64 whole = qint64(std::llround(std::clamp(seconds, 0.0, 1e9)));
    if (whole < 60)
        return u"%1 s"_s.arg(whole);
    if (whole < 3600)
        return u"%1 min"_s.arg(whole / 60);
    if (whole < 86400)
        return u"%1 h %2 min"_s.arg(whole / 3600).arg(whole % 3600 / 60);
    return u"%1 d %2 h"_s.arg(whole / 86400).arg(whole % 86400 / 3600);
}

QString DrainTexts::who(const ProcessIdentity &process)
{
    const QString name = process.application.isEmpty() ? process.id : process.application;
    if (process.pid <= 0)
        return name;
    return CoreTexts::tr("%1 (%2, pid %3)").arg(name, process.host, QString::number(process.pid));
}

QString DrainTexts::who(const QList<ApplicationEvidence> &applications)
{
    QStringList names;
    for (const ApplicationEvidence &application : applications)
        names.append(who(application.process));
    return listed(names);
}

QString DrainTexts::contrary(const QList<ApplicationEvidence> &applications)
{
    QStringList sentences;
    for (const ApplicationEvidence &application : applications) {
        sentences.append(CoreTexts::tr("%1 does not follow it: in service in pool %2")
                                 .arg(who(application.process), listed(application.inServiceIn)));
    }
    return listed(sentences);
}

QString DrainTexts::who(const QList<ServerList::Row> &rows)
{
    QMap<QString, int> counts;
    for (const ServerList::Row &row : rows) {
        QString host = row.host;
        if (const qsizetype colon = host.lastIndexOf(u':'); colon > 0)
            host.truncate(colon); // the client's port is of no use here
        ++counts[CoreTexts::tr("%1 from %2").arg(row.user, host)];
    }
    QStringList names;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        names.append(u"%1 (%2)"_s.arg(it.key()).arg(it.value()));
    return listed(names);
}

QStringList DrainTexts::pins(const ApplicationEvidence &application)
{
    QStringList pins = application.reasons.keys();
    pins.removeAll(u"transaction"_s);
    pins.replaceInStrings(u"_"_s, u" "_s);
    return pins;
}

QString DrainTexts::obstacle(const ApplicationEvidence &application, quint64 generation)
{
    QString what;
    if (application.isSilent) {
        what = CoreTexts::tr("it is silent: %1").arg(application.why);
    } else if (application.sessions == 0) {
        return {};
    } else if (!application.obeys) {
        what = CoreTexts::tr("it does not obey (CONTROL=off), %n session(s)", nullptr,
                             application.sessions);
    } else if (application.generation < generation) {
        what = CoreTexts::tr("it has not noticed the drain, %n session(s)", nullptr,
                             application.sessions);
    } else if (application.isContrary(generation)) {
        what = CoreTexts::tr("it does not follow the drain: in service in pool %1, %n session(s)",
                             nullptr, application.sessions)
                       .arg(listed(application.inServiceIn));
    } else if (const QStringList parts = holds(application); !parts.isEmpty()) {
        return CoreTexts::tr("%1 keeps %n session(s): %2", nullptr, kept(application))
                .arg(who(application.process), parts.join(", "_L1));
    } else {
        what = sessions(application.sessions);
    }
    return who(application.process) + ": "_L1 + what;
}

} // namespace qproxysql
