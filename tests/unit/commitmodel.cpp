// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commitmodel.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <array>

using namespace qproxysql;
using namespace Qt::StringLiterals;

QString CommitModel::violation()
{
    State first;
    first.logs.resize(m_scene.areIndependent ? size_t(m_scene.servers) : 1);
    first.applied.resize(size_t(m_scene.servers));
    if (m_scene.isForeign) {
        first.logs[0].push_back({1, false, false});
        first.applied[0] = 1;
    }
    first.requestsLeft = quint8(m_scene.requests - 1);
    first.current = Request{Commit, 0, 1, !m_scene.hasVanished, !m_scene.isApart};
    explore(first);
    return m_violation;
}

std::string CommitModel::keyOf(const State &state)
{
    std::string key;
    const auto add = [&key](auto... values) { (key.push_back(char(values)), ...); };
    for (const auto &log : state.logs) {
        add(log.size());
        for (const Row &row : log)
            add(row.token, row.isVoid, row.hasEffect);
    }
    for (const quint8 applied : state.applied)
        add(applied);
    const auto textOfRequest = [](const Request &one) {
        const std::array values = {int(one.kind),           int(one.server),    int(one.token),
                                   int(one.hasTransaction), int(one.mayCommit), int(one.stage),
                                   int(one.result)};
        return std::string(values.begin(), values.end());
    };
    add(state.fate.step(), state.fate.verdict(), state.token, state.attemptOn, state.requestsLeft,
        state.told, state.current.has_value());
    if (state.current)
        key += textOfRequest(*state.current);
    std::vector<std::string> others; // in any order
    for (const Request &request : state.inFlight)
        others.push_back(textOfRequest(request));
    std::ranges::sort(others);
    for (const std::string &other : others)
        key += other;
    return key;
}

QString CommitModel::textOf(const Request &request)
{
    static constexpr const char *Kinds[] = {"commit", "void", "look"};
    static constexpr const char *Results[] = {"OK",     "no row",  "1062",   "1213",
                                              "commit", "is void", "missing"};
    const QString text = u"%1 %2 at %3"_s.arg(QLatin1String(Kinds[request.kind]))
                                 .arg(request.token)
                                 .arg(request.server);
    return request.stage == Answered ? text + u": "_s + QLatin1String(Results[request.result])
                                     : text + (request.stage == Inserted ? u": inserted"_s : u""_s);
}

// What must be true at every moment, so also before what is in flight arrives, and after.
QString CommitModel::objection(const State &state) const
{
    int effects = 0;
    for (const auto &log : state.logs)
        effects += int(std::ranges::count_if(log, &Row::hasEffect));
    if (effects > 1)
        return u"executed twice"_s;
    if (state.told == Committed && effects == 0)
        return u"told committed, and it is not there"_s;
    if (state.told == NotCommitted && effects > 0)
        return u"told not committed, and it is there"_s;
    if (state.told == Unknown && state.requestsLeft > 0)
        return u"told unknown too early"_s;
    return {};
}

bool CommitModel::go(State next, const QString &event)
{
    ++m_events;
    m_path.push_back(event);
    const bool goesOn = explore(next);
    m_path.pop_back();
    return goesOn;
}

// False: a promise is broken, look no further.
bool CommitModel::explore(const State &state)
{
    if (!m_seen.insert(keyOf(state)).second)
        return true;
    if (const QString why = objection(state); !why.isEmpty()) {
        m_violation = QStringList(m_path.begin(), m_path.end()).join(u"; "_s) + u": "_s + why;
        return false;
    }
    if (state.told != Nothing && state.inFlight.empty())
        ++m_ends[state.told];
    return runServers(state) && (state.told != Nothing || runClient(state));
}

bool CommitModel::runServers(const State &state)
{
    for (int server = 0; server < m_scene.servers; ++server) {
        if (state.applied[size_t(server)] < state.logs[domainOf(server)].size()) {
            State next = state;
            ++next.applied[size_t(server)];
            if (!go(next, u"%1 applies"_s.arg(server)))
                return false;
        }
    }
    for (size_t i = 0; i < state.inFlight.size(); ++i) {
        State next = state; // its session has ended: rolled back, or never received
        next.inFlight.erase(next.inFlight.begin() + qsizetype(i));
        if (!go(next, u"drops "_s + textOf(state.inFlight[i]))
            || !execute(state, state.inFlight[i], false, i))
            return false;
    }
    return !state.current || execute(state, *state.current, true, 0);
}

bool CommitModel::execute(const State &state, const Request &request, bool isCurrent, size_t index)
{
    if (request.stage == Answered || isBlocked(state, request)
        || (request.stage == Inserted && !request.mayCommit))
        return true;
    State next = state;
    Request &changed = isCurrent ? *next.current : next.inFlight[index];
    run(next, changed);
    const QString event = textOf(changed);
    if (!isCurrent && changed.stage == Answered)
        next.inFlight.erase(next.inFlight.begin() + qsizetype(index));
    return go(std::move(next), event);
}

void CommitModel::run(State &state, Request &request) const
{
    if (request.kind == Look)
        look(state, request);
    else if (request.stage == Sent)
        insert(state, request);
    else
        commit(state, request);
}

// The lock of a row that is not committed.
bool CommitModel::isBlocked(const State &state, const Request &request) const
{
    const auto holds = [&request](const Request &other) {
        return other.stage == Inserted && other.server == request.server
               && other.token == request.token && &other != &request;
    };
    return request.kind != Look && request.stage == Sent && !is(Mutation::NoToken)
           && std::ranges::any_of(state.inFlight, holds);
}

const CommitModel::Row *CommitModel::find(const State &state, const Request &request,
                                          bool inAll) const
{
    const std::vector<Row> &log = state.logs[domainOf(request.server)];
    const auto end = inAll ? log.end() : log.begin() + state.applied[request.server];
    const auto found = std::find_if(log.begin(), end, [&request](const Row &row) {
        return row.token == request.token;
    });
    return found == end ? nullptr : &*found;
}

void CommitModel::insert(State &state, Request &request) const
{
    const bool isCommit = request.kind == Commit;
    if (isCommit && !request.hasTransaction && !is(Mutation::NoTransactionCheck)) {
        request.stage = Answered;
        request.result = NoRow;
    } else if (!(isCommit && is(Mutation::NoToken)) && find(state, request, false)) {
        request.stage = Answered;
        request.result = Duplicate;
    } else {
        request.stage = Inserted;
    }
}

void CommitModel::commit(State &state, Request &request) const
{
    request.stage = Answered;
    const bool isCommit = request.kind == Commit;
    const bool hasToken = !(isCommit && is(Mutation::NoToken));
    if (hasToken && find(state, request, true)) { // certification
        request.result = Conflict;
        return;
    }
    request.result = Ok;
    if (!isCommit && is(Mutation::VoidRolledBack))
        return;
    std::vector<Row> &log = state.logs[domainOf(request.server)];
    log.push_back(
            {quint8(hasToken ? request.token : 0), !isCommit, isCommit && request.hasTransaction});
    state.applied[request.server] = quint8(log.size());
}

void CommitModel::look(const State &state, Request &request) const
{
    request.stage = Answered;
    request.result = IsMissing;
    if (const Row *row = find(state, request, false))
        request.result = row->isVoid ? IsVoid : IsCommit;
    if (!is(Mutation::DirtyLook))
        return;
    for (const Request &other : state.inFlight) {
        if (other.stage == Inserted && other.server == request.server
            && other.token == request.token)
            request.result = other.kind == Void ? IsVoid : IsCommit;
    }
}

bool CommitModel::runClient(const State &state)
{
    if (!state.current)
        return ask(state);
    const bool isFirstPart = state.current->stage == Inserted && !state.current->mayCommit;
    if ((state.current->stage == Answered || isFirstPart) && !deliver(state))
        return false;
    const bool mayLose = !(m_scene.isForeign && state.token == 1);
    return !mayLose || lose(state);
}

bool CommitModel::deliver(State state)
{
    if (state.current->stage == Inserted) { // its own request: the COMMIT goes next
        if (state.requestsLeft == 0)
            return lose(state);
        --state.requestsLeft;
        state.current->mayCommit = true;
        return go(state, u"COMMIT is sent"_s);
    }
    const Request answered = *state.current;
    state.current.reset();
    m_path.push_back(u"told "_s + textOf(answered));
    const auto goOn = [&] {
        using Answer = CommitFate::Answer;
        if (answered.kind == Commit) {
            const bool isCommitted = answered.result == Ok
                                     || (answered.result == Duplicate
                                         && is(Mutation::ForeignCounts));
            return isCommitted ? tell(state, Committed) : replay(state);
        }
        if (answered.result == Duplicate && is(Mutation::KindIgnored))
            return tell(state, Committed);
        const bool isNever = answered.result == IsMissing
                             && (is(Mutation::MissingIsNever) || is(Mutation::LookAlone));
        static constexpr Answer Answers[] = {Answer::Done,        Answer::Unknown,
                                             Answer::TokenExists, Answer::Unknown,
                                             Answer::IsCommit,    Answer::IsVoid,
                                             Answer::IsMissing};
        state.fate.answered(isNever ? Answer::IsVoid : Answers[answered.result]);
        return ask(state);
    };
    const bool goesOn = goOn();
    m_path.pop_back();
    return goesOn;
}

// The request stays under way: it may be executed at any time, or never.
bool CommitModel::lose(State state)
{
    const Request lost = *state.current;
    state.current.reset();
    if (lost.kind != Look && lost.stage != Answered)
        state.inFlight.push_back(lost);
    m_path.push_back(u"loses "_s + textOf(lost));
    const auto goOn = [&] {
        if (lost.kind != Commit) {
            state.fate.answered(CommitFate::Answer::Unknown);
            return ask(state);
        }
        if (!lost.mayCommit || is(Mutation::ReplayedAtOnce))
            return replay(state);
        state.fate = {};
        state.attemptOn = lost.server;
        return ask(state);
    };
    const bool goesOn = goOn();
    m_path.pop_back();
    return goesOn;
}

bool CommitModel::ask(const State &state)
{
    if (state.fate.step() == Step::Done) {
        return state.fate.verdict() == CommitFate::Verdict::Committed
                       ? tell(state, Committed)
                       : tell(state, NotCommitted) && replay(state);
    }
    if (state.requestsLeft == 0)
        return tell(state, Unknown);
    const bool isLook = state.fate.step() == Step::Look || is(Mutation::LookAlone);
    for (int server = 0; server < m_scene.servers; ++server) {
        if (domainOf(server) != domainOf(state.attemptOn) && !is(Mutation::DomainIgnored))
            continue;
        State next = state;
        --next.requestsLeft;
        next.current = Request{isLook ? Look : Void, quint8(server), state.token, true, true};
        if (!go(next, u"asks "_s + textOf(*next.current)))
            return false;
    }
    return true;
}

// Any server will do: the attempt before is certain not to be committed.
bool CommitModel::replay(const State &state)
{
    if (state.requestsLeft == 0)
        return tell(state, NotCommitted);
    for (int server = 0; server < m_scene.servers; ++server) {
        State next = state;
        --next.requestsLeft;
        ++next.token;
        next.fate = {};
        next.current = Request{Commit, quint8(server), next.token, true, !m_scene.isApart};
        if (!go(next, u"replays: "_s + textOf(*next.current)))
            return false;
    }
    return true;
}

bool CommitModel::tell(State state, Told told)
{
    state.told = told;
    static constexpr const char *Names[] = {"", "committed", "not committed", "unknown"};
    return go(state, u"TOLD "_s + QLatin1String(Names[told]));
}
