// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/draincard.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

namespace qproxysql {

/// A line for each drain that has no card: its peer and verdict. A click selects the peer. Hidden
/// without any.
class OtherDrains : public QWidget
{
    Q_OBJECT

public:
    explicit OtherDrains(QWidget *parent = nullptr);

    void setCards(const QList<DrainCard> &cards);

Q_SIGNALS:
    void wanted(const QString &peer);

private:
    void addLine();

    QList<DrainCard> m_cards;
    QList<QToolButton *> m_lines;
};

} // namespace qproxysql
