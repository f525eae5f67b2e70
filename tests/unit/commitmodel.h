// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commits/commitfate.h"

#include <QtCore/QString>

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

/// A client that commits one transaction with tokens, the network, and servers, in every order of events: each
/// request is executed now, later or never, and each answer arrives or is lost. Servers that share their
/// commits certify as Galera and Group Replication do, and apply what others have committed when they like.
/// The client decides with the product's CommitFate. Values only; one thread.
class CommitModel
{
public:
    enum class Mutation {
        None,
        NoToken,            ///< the first send has none
        KindIgnored,        ///< 1062 after a loss: committed
        ForeignCounts,      ///< 1062 at the first send: committed
        DomainIgnored,      ///< asks servers that do not have the commits of the first
        VoidRolledBack,     ///< the void token is not committed by itself
        LookAlone,          ///< no void token: what is not there counts as never committed
        DirtyLook,          ///< reads what is not committed yet
        MissingIsNever,     ///< a token that another server has, and this one does not show yet
        ReplayedAtOnce,     ///< does not ask
        NoTransactionCheck, ///< the token commits alone where the server has lost its transaction
    };
    struct Scene
    {
        int servers = 1;
        bool areIndependent = false;
        bool isApart = false; ///< token and COMMIT are two requests
        bool isForeign =
                false; ///< somebody else has used the first token; its answer is not lost then
        bool hasVanished = false; ///< the server has lost the first attempt's transaction unnoticed
        int requests = 6;         ///< the client gives up after so many
        Mutation mutation = Mutation::None;
    };

    explicit CommitModel(const Scene &scene)
        : m_scene(scene)
    {
    }

    /// Empty: the promises hold in each state. Else the events up to the first state in which one does not.
    QString violation();
    size_t states() const { return m_seen.size(); }
    size_t events() const { return m_events; }
    size_t ends(int told) const { return m_ends[size_t(told)]; }

    enum Told : quint8 { Nothing, Committed, NotCommitted, Unknown };

private:
    enum Kind : quint8 { Commit, Void, Look };
    enum Stage : quint8 { Sent, Inserted, Answered };
    enum Result : quint8 { Ok, NoRow, Duplicate, Conflict, IsCommit, IsVoid, IsMissing };
    struct Request
    {
        Kind kind;
        quint8 server;
        quint8 token;
        bool hasTransaction;
        bool mayCommit; ///< the COMMIT has been sent
        Stage stage = Sent;
        Result result = Ok;
    };
    struct Row
    {
        quint8 token;
        bool isVoid;
        bool hasEffect;
    };
    struct State
    {
        std::vector<std::vector<Row>> logs; ///< of each domain, in the order of their commits
        std::vector<quint8> applied;        ///< of each server: so many rows of its domain's log
        std::vector<Request> inFlight;      ///< abandoned by the client
        std::optional<Request> current;
        qproxysql::CommitFate fate;
        quint8 token = 1; ///< of the attempt
        quint8 attemptOn = 0;
        quint8 requestsLeft = 0;
        Told told = Nothing;
    };
    using Step = qproxysql::CommitFate::Step;

    bool is(Mutation mutation) const { return m_scene.mutation == mutation; }
    size_t domainOf(int server) const { return m_scene.areIndependent ? size_t(server) : 0; }
    static std::string keyOf(const State &state);
    static QString textOf(const Request &request);
    QString objection(const State &state) const;

    bool explore(const State &state);
    bool go(State next, const QString &event);

    bool runServers(const State &state);
    bool execute(const State &state, const Request &request, bool isCurrent, size_t index);
    void run(State &state, Request &request) const;
    void insert(State &state, Request &request) const;
    void commit(State &state, Request &request) const;
    void look(const State &state, Request &request) const;
    bool isBlocked(const State &state, const Request &request) const;
    const Row *find(const State &state, const Request &request, bool inAll) const;

    bool runClient(const State &state);
    bool deliver(State state);
    bool lose(State state);
    bool ask(const State &state);
    bool replay(const State &state);
    bool tell(State state, Told told);

    const Scene m_scene;
    std::unordered_set<std::string> m_seen;
    std::vector<QString> m_path;
    QString m_violation;
    size_t m_events = 0;
    size_t m_ends[4] = {};
};
