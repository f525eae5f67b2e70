// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/firstrunpage.h"

#include "window/dialogparts.h"
#include "window/monitoractions.h"

#include <QtGui/QAction>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int TextWidth = 70; ///< characters

QPushButton *startButton(QWidget *parent, QAction *action, const QString &text, const QString &name)
{
    auto *const button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAccessibleName(DialogParts::nameIn(text));
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

FirstRunPage::FirstRunPage(MonitorActions &actions, const QString &folder, QWidget *parent)
    : QWidget(parent)
{
    auto *const title = new QLabel(tr("No application reports yet"), this);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setBold(true);
    title->setFont(font);
    auto *const text =
            new QLabel(tr("Applications of this machine that use QPROXYSQL appear here by "
                          "themselves, with the pools that they use. Nothing need be "
                          "set up for that."),
                       this);
    auto *const choice =
            new QLabel(tr("You can also name the servers yourself, or look around in a "
                          "pool that is made up:"),
                       this);
    auto *const where = new QLabel(tr("Looking in %1").arg(folder), this);
    where->setObjectName(u"where"_s);
    where->setTextFormat(Qt::PlainText);
    where->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {text, choice, where}) {
        label->setWordWrap(true);
        label->setMinimumWidth(fontMetrics().averageCharWidth() * TextWidth);
    }
    auto *const buttons = new QHBoxLayout;
    buttons->addWidget(startButton(this, actions.addPool, tr("&Add Pool..."), u"startAdd"_s));
    buttons->addWidget(
            startButton(this, actions.openPoolFile, tr("&Open Pool File..."), u"startOpen"_s));
    buttons->addWidget(startButton(this, actions.demoPool, tr("&Demo Pool"), u"startDemo"_s));
    buttons->addStretch(1);
    auto *const inner = new QVBoxLayout;
    inner->setSpacing(12);
    inner->addWidget(title);
    inner->addWidget(text);
    inner->addWidget(choice);
    inner->addLayout(buttons);
    inner->addWidget(where);
    auto *const centred = new QHBoxLayout;
    centred->addStretch(1);
    centred->addLayout(inner);
    centred->addStretch(1);
    auto *const layout = new QVBoxLayout(this);
    layout->addStretch(1);
    layout->addLayout(centred);
    layout->addStretch(2);
}

} // namespace qproxysql
