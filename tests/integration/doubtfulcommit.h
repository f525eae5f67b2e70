// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "sandbox/relay.h"

#include <atomic>

/// A COMMIT with a token that the server answers with an error, whether it was executed or not.
class DoubtfulCommit final : public qproxysql::sandbox::Interceptor
{
public:
    enum Kind {
        Off,
        Executed,
        NotExecuted,
        Vanished ///< BEGIN and INSERT before it did not reach the server, which has said OK
    };
    struct Order
    {
        std::atomic<Kind> kind{Off};
        std::atomic<quint16> code{0};
        QByteArray text{"no"}; ///< set it before kind
    };
    explicit DoubtfulCommit(Order *order)
        : m_order(*order)
    {
    }

    QByteArray greeting(const QByteArray &packet, const void *) override { return packet; }
    Verdict judge(const qproxysql::sandbox::RequestCounter::Request &request, const void *) override
    {
        if (m_order.kind == Vanished
            && (request.text.startsWith("BEGIN") || request.text.startsWith("INSERT INTO t "))) {
            if (request.text.startsWith("INSERT"))
                m_order.kind = Off;
            return {QByteArray::fromHex("0700000100010103000000"), false};
        }
        if (m_order.kind != NotExecuted || !isIt(request))
            return {};
        m_order.kind = Off;
        QByteArray answer;
        for (int i = 1; i <= answersBefore(request); ++i) // one row, in a transaction, more follow
            answer += QByteArray::fromHex("070000") + char(i)
                      + QByteArray::fromHex("0001010b000000");
        return {answer + error(answersBefore(request) + 1), false};
    }
    void alter(const qproxysql::sandbox::RequestCounter::Request &request, const void *,
               QByteArray *bytes) override
    {
        if (m_order.kind != Executed || !isIt(request))
            return;
        qsizetype kept = 0;
        for (; kept < bytes->size() && m_passed < answersBefore(request); ++m_passed)
            kept += 4 + quint8(bytes->at(kept));
        if (kept == bytes->size()) // the rest is still to come
            return;
        m_order.kind = Off;
        m_passed = 0;
        *bytes = bytes->left(kept) + error(answersBefore(request) + 1);
    }

private:
    static bool isIt(const qproxysql::sandbox::RequestCounter::Request &request)
    {
        return request.text.contains("qproxysql_commit") && request.text.contains("COMMIT");
    }
    /// To the statements before COMMIT.
    static int answersBefore(const qproxysql::sandbox::RequestCounter::Request &request)
    {
        return request.text.contains("START") ? 3 : 1;
    }
    QByteArray error(int number) const
    {
        const quint16 code = m_order.code;
        const QByteArray payload = QByteArray("\xff") + char(code & 0xff) + char(code >> 8)
                                   + "#HY000" + m_order.text;
        return QByteArray(1, char(payload.size())) + QByteArray("\0\0", 2) + char(number) + payload;
    }

    Order &m_order;
    int m_passed = 0; ///< answers to the request under way
};
