// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/peerevidence.h"

#include "config/coretexts.h"
#include "verdict/draintexts.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Kind = PeerEvidence::Kind;

constexpr double Never = std::numeric_limits<double>::infinity();
constexpr qsizetype MostListed = 2;

double ageOf(const PeerEvidence &evidence)
{
    return evidence.age.value_or(Never);
}

template<typename Predicate>
QList<PeerEvidence> those(const QList<PeerEvidence> &all, Predicate isMeant)
{
    QList<PeerEvidence> some;
    std::ranges::copy_if(all, std::back_inserter(some), isMeant);
    std::ranges::stable_sort(some, {}, &ageOf);
    return some;
}

double newestOf(const QList<PeerEvidence> &sorted)
{
    return sorted.isEmpty() ? Never : ageOf(sorted.constFirst());
}

bool isDoubt(const PeerEvidence &evidence)
{
    return evidence.health == Health::Suspect;
}

QString namesOf(const QList<PeerEvidence> &applications)
{
    QStringList names;
    for (const PeerEvidence &one : applications)
        names.append(one.who.isEmpty() ? one.process.left(12) : one.who);
    names.removeDuplicates();
    names.sort();
    if (names.size() <= MostListed)
        return names.join(", "_L1);
    return CoreTexts::tr("%1 and %n more", nullptr, int(names.size() - MostListed))
            .arg(names.mid(0, MostListed).join(", "_L1));
}

bool isOwn(const PeerEvidence &evidence)
{
    return evidence.source == PeerEvidence::Source::OwnProbe;
}

QString whoSaw(const QList<PeerEvidence> &witnesses)
{
    const QList<PeerEvidence> applications = those(witnesses, std::not_fn(&isOwn));
    const bool isSeenHere = applications.size() < witnesses.size();
    if (applications.isEmpty())
        return CoreTexts::tr("from here");
    return isSeenHere ? CoreTexts::tr("from here and by %1").arg(namesOf(applications))
                      : namesOf(applications);
}

} // namespace

bool isFaultOfObserver(ErrorClass errorClass)
{
    return errorClass == ErrorClass::TlsCertificate || errorClass == ErrorClass::NameResolution
           || errorClass == ErrorClass::Login || errorClass == ErrorClass::Configuration
           || errorClass == ErrorClass::Local;
}

PeerEvidence evidenceOf(const PeerReport &report, const ProcessIdentity &process, double since)
{
    PeerEvidence evidence;
    evidence.process = process.id;
    evidence.who = process.application;
    evidence.health = report.health;
    evidence.text = report.lastError.message();
    const double connected = report.connectAge.value_or(Never) + since;
    const double answered = report.answerAge.value_or(Never) + since;
    const double failed = report.failureAge.value_or(Never) + since;
    const auto take = [&evidence](Kind kind, double age) {
        evidence.kind = age <= PeerEvidence::FreshFor ? kind : Kind::Belief;
        evidence.age = age < Never ? std::optional(age) : std::nullopt;
    };
    if (!evidence.isUp()) {
        take(Kind::Connect, std::min({connected, answered, failed}));
        evidence.isOfPeer = !isFaultOfObserver(
                classifyError(Stage::Connect, report.lastError.code, report.lastError.text));
        if (evidence.health == Health::Unknown)
            evidence.kind = Kind::Belief;
    } else if (failed < answered) {
        take(Kind::Belief, answered); // a refused login does not change the peer's health
    } else if (connected <= PeerEvidence::FreshFor && connected <= failed && !report.isChecking) {
        take(Kind::Connect, connected);
    } else {
        take(Kind::Answer, answered);
    }
    return evidence;
}

PeerJudgement::PeerJudgement(const QList<PeerEvidence> &evidence)
{
    const QList<PeerEvidence> failures = those(evidence, [](const PeerEvidence &one) {
        return one.isFresh() && one.isOfPeer && one.health.isDown();
    });
    const QList<PeerEvidence> ups = those(evidence, [](const PeerEvidence &one) {
        return one.isFresh() && one.isUp();
    });
    const QList<PeerEvidence> connects = those(ups, [](const PeerEvidence &one) {
        return one.kind == Kind::Connect;
    });
    const QList<PeerEvidence> doubts = those(evidence, [](const PeerEvidence &one) {
        return one.isFresh() && (isDoubt(one) || (one.health.isDown() && !one.isOfPeer));
    });
    const bool isDoubted = !doubts.isEmpty() && isDoubt(doubts.constFirst())
                           && newestOf(doubts) < newestOf(ups);
    if (!failures.isEmpty()) {
        proof = Proof::NotUp;
        witnesses = failures;
    } else if (!ups.isEmpty() && !isDoubted) {
        proof = connects.isEmpty() ? Proof::Unknown : Proof::Up;
        witnesses = connects.isEmpty() ? ups : connects;
    } else if (!doubts.isEmpty()) {
        witnesses = doubts;
    } else {
        witnesses = those(evidence, [](const PeerEvidence &one) {
            return !one.isUp() && one.health != Health::Unknown;
        });
    }
    if (!witnesses.isEmpty()) {
        basis = witnesses.constFirst();
        health = basis->health;
    }
    others = those(evidence, [this](const PeerEvidence &one) {
        return one.health != Health::Unknown && !witnesses.contains(one)
               && one.isUp() != health.isUp();
    });
}

QString EvidenceTexts::word(const ReportedHealth &health)
{
    if (health.isOfLaterVersion())
        return health.name();
    static constexpr const char *Words[] = {
            QT_TRANSLATE_NOOP("QProxySql", "Unknown"),
            QT_TRANSLATE_NOOP("QProxySql", "Up"),
            QT_TRANSLATE_NOOP("QProxySql", "Checking"),
            QT_TRANSLATE_NOOP("QProxySql", "Down"),
            QT_TRANSLATE_NOOP("QProxySql", "Not ready"),
            QT_TRANSLATE_NOOP("QProxySql", "Overloaded"),
            QT_TRANSLATE_NOOP("QProxySql", "Blocked"),
            QT_TRANSLATE_NOOP("QProxySql", "Misconfigured"),
    };
    return CoreTexts::tr(Words[int(health.value())]);
}

QString EvidenceTexts::seenBy(const PeerJudgement &judgement)
{
    if (!judgement.basis)
        return {};
    QString text = whoSaw(judgement.witnesses);
    if (!judgement.basis->isFresh())
        text = CoreTexts::tr("believed by %1").arg(text);
    if (judgement.basis->age)
        text = CoreTexts::tr("%1, %2 ago")
                       .arg(text, DrainTexts::age(std::floor(*judgement.basis->age)));
    return text;
}

QString EvidenceTexts::disagreement(const PeerJudgement &judgement)
{
    const auto &others = judgement.others;
    const QList<PeerEvidence> fresh = those(others, &PeerEvidence::isFresh);
    const int idle = int(others.size() - fresh.size());
    QStringList parts;
    if (judgement.health.isUp()) {
        for (const PeerEvidence &one : fresh) {
            if (isOwn(one))
                parts.append(CoreTexts::tr("not from here: %1").arg(one.text));
        }
        const QList<PeerEvidence> applications = those(others, std::not_fn(&isOwn));
        if (!applications.isEmpty())
            parts.append(CoreTexts::tr("not used by %n application(s): %1", nullptr,
                                       int(applications.size()))
                                 .arg(applications.constFirst().text));
    } else {
        if (!fresh.isEmpty())
            parts.append(CoreTexts::tr("others reach it: %1").arg(whoSaw(fresh)));
        if (idle > 0 && judgement.basis)
            parts.append(CoreTexts::tr("not noticed by %n application(s)", nullptr, idle));
        else if (idle > 0)
            parts.append(
                    CoreTexts::tr("believed up by %n application(s), not checked", nullptr, idle));
    }
    return parts.join("; "_L1);
}

} // namespace qproxysql
