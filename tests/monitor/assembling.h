// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterassembly.h"
#include "cluster/clusterevents.h"
#include "cluster/controller.h"
#include "cluster/drainverdicts.h"
#include "cluster/optionfile.h"
#include "cluster/proberchoice.h"
#include "drain/sharedfolder.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace qproxysql;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

inline PeerAddress at(const QString &text)
{
    return *PeerAddress::parse(text);
}

inline PeerReport peerReport(const QString &address, const QStringList &identities,
                             const ReportedHealth &health = Health::Up, int sessions = 1)
{
    PeerReport report;
    report.address = at(address);
    report.identities = identities;
    report.health = health;
    report.sessions = sessions;
    (health.isUp() ? report.connectAge : report.failureAge) = 1;
    report.answerAge = report.connectAge;
    return report;
}

/// The report as it was \a seconds ago.
inline PeerReport aged(PeerReport report, double seconds)
{
    for (std::optional<double> *age : {&report.connectAge, &report.answerAge, &report.failureAge}) {
        if (*age)
            *age = seconds;
    }
    return report;
}

/// An assembly whose clock reads zero, so that all reports are new.
inline ClusterAssembly assemblyOf(const QList<PoolDefinition> &pools = {})
{
    return {pools, {}, Clock::time_point()};
}

inline KnownProcess process(const QString &id, const QString &pool, const QList<PeerReport> &peers)
{
    KnownProcess known;
    known.process.id = id;
    known.report = ProcessReport{known.process, 0, {{pool, Control::Local, peers}}};
    return known;
}

inline PeerProbe failedProbe(const QString &address, int code, ErrorClass errorClass)
{
    PeerProbe probe;
    probe.peer = at(address);
    ConnectFailure failure;
    failure.code = code;
    failure.text = u"no"_s;
    failure.errorClass = errorClass;
    probe.failure = failure;
    return probe;
}

inline ClusterView viewOf(const ClusterAssembly &assembly)
{
    ClusterView view;
    view.pools = assembly.pools();
    return view;
}
