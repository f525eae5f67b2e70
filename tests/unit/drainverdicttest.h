// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "verdict/draintexts.h"
#include "verdict/drainverdict.h"

#include "fakes.h"

#include <QtTest/QtTest>

#include <functional>

using namespace qproxysql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using EvidenceChange = std::function<void(DrainEvidence *)>;
Q_DECLARE_METATYPE(EvidenceChange)

/// Evidence of a drain that goes well, and a clock.
class DrainVerdictTest : public QObject
{
protected:
    static ApplicationEvidence application(const QString &name, int sessions = 0)
    {
        ApplicationEvidence made;
        made.process = {name, name, u"app3"_s, 8112, u"www"_s};
        made.hasReported = true;
        made.generation = 5;
        made.sessions = made.inUse = sessions;
        for (int i = 0; i < sessions; ++i)
            made.connectionIds.insert(qHash(name) % 1000 * 1000 + uint(i));
        return made;
    }
    static DrainEvidence goodEvidence()
    {
        DrainEvidence evidence;
        evidence.isDraining = true;
        evidence.generation = 5;
        evidence.applications = {application(u"billing"_s), application(u"shop"_s)};
        evidence.serverList.isChecked = true;
        evidence.reach = DrainEvidence::Reach::Reached;
        evidence.otherPeersUp = 2;
        return evidence;
    }
    static DrainCheck check(const DrainAssessment &assessment, const QString &name)
    {
        for (const DrainCheck &one : assessment.checks) {
            if (one.name == name)
                return one;
        }
        return {};
    }
    static QStringList failed(const DrainAssessment &assessment)
    {
        QStringList names;
        for (const DrainCheck &one : assessment.checks) {
            if (one.state == DrainCheck::State::Fail)
                names.append(one.name);
        }
        return names;
    }
    DrainAssessment watch(DrainVerdict *verdict, const DrainEvidence &evidence, int seconds)
    {
        DrainAssessment assessment = verdict->assess(evidence);
        for (int i = 0; i < seconds; ++i) {
            m_clock.advance(1s);
            assessment = verdict->assess(evidence);
        }
        return assessment;
    }

    test::ManualClock m_clock;
};
